//! The kind of report: by its title, then by its chapters. A text that is mostly placeholders is a template.

use std::sync::LazyLock;

use keqiao_facts::{Paragraph, ReportKind, Section};
use regex::Regex;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[Xx]{2,}|×{2,}|〇{3,}|○{2,}|不涉及的不列|作持平表述|由主管部门根据|（单位名称）|（部门名称）|_{3,}")
        .expect("checked by the tests")
});

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d(\.\d+)?万?元").expect("checked by the tests"));

/// Reads the kind.
pub(super) fn kind(titles: &[String], sections: &[Section], paragraphs: &[Paragraph]) -> ReportKind {
    let count = |r: &Regex| paragraphs.iter().map(|p| r.find_iter(p.folded.text()).count()).sum::<usize>();
    let (blanks, amounts) = (count(&PLACEHOLDER), count(&AMOUNT));
    if blanks >= 10 && blanks > amounts {
        return ReportKind::Template;
    }
    if let Some(kind) = titles.iter().find_map(|t| of_title(t)) {
        return kind;
    }
    let body = sections.iter().filter(|s| !s.attachment);
    if body.clone().any(|s| s.title.contains("决算情况说明") || s.title.contains("部门决算")) {
        return ReportKind::FinalAccount;
    }
    body.filter(|s| s.level == 1).find_map(|s| of_title(&s.title)).unwrap_or_default()
}

fn of_title(title: &str) -> Option<ReportKind> {
    let evaluation = title.contains("绩效") || title.contains("自评");
    let whole = title.contains("整体");
    let account = title.contains("决算");
    match (evaluation, whole, account) {
        (true, true, _) => Some(ReportKind::DepartmentEvaluation),
        (true, false, false) => Some(ReportKind::SelfEvaluation),
        (_, _, true) => Some(ReportKind::FinalAccount),
        _ => (title.contains("预算") && !title.contains("财政预算")).then_some(ReportKind::Budget),
    }
}

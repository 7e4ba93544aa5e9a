//! D0604: a part that must be disclosed is missing.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0604",
    name: "part-missing",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "缺少应公开的部分", en: "A part that must be disclosed is missing" },
    why: Fixed {
        zh: "部门决算的公开内容有规定的章节；缺少的请核对是否并入他处。",
        en: "The chapters of published final accounts are laid down. Check whether a missing one stands elsewhere.",
    },
    source: "FD-10",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let parts = cx.profile.outline(report.identity.kind);
    // A fragment or a report of another form is not measured by the outline.
    let present = |alternatives: &str| alternatives.split('|').any(|w| report.sections.iter().any(|s| s.title.contains(w)));
    let found = parts.iter().filter(|p| present(p)).count();
    if parts.is_empty() || found * 2 < parts.len() {
        return;
    }
    let Some(place) = report.sections.iter().rfind(|s| !s.attachment && s.level <= 2).or(report.sections.first()) else { return };
    let mut missing = Vec::new();
    for part in parts {
        out.judge();
        // Words in the prose count: small reports give a sentence where others give a chapter.
        let said = |w: &str| report.paragraphs.iter().any(|p| p.role != keqiao_facts::Role::Contents && p.folded.text().contains(w));
        if !present(part) && !part.split('|').any(said) {
            missing.push(part.split('|').next().unwrap_or(part));
        }
    }
    if !missing.is_empty() {
        out.report(
            place.span,
            Bilingual::new(format!("没有找到：{}", missing.join("、")), format!("not found: {}", missing.join(", "))),
            Bilingual::new("请核对公开内容是否完整；没有发生的事项也应写明“无”。", "Check that everything is disclosed; what did not occur is stated as none."),
        );
    }
}

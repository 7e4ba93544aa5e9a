//! P0313: a heading of another year.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::{ReportKind, Role};
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "P0313",
    name: "heading-of-another-year",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "标题年份与报告年度不符", en: "A heading of another year" },
    why: Fixed {
        zh: "章节、附表标题里的年度应与报告年度一致。",
        en: "The year in a heading of the report or of a form is the report’s own.",
    },
    source: "TX-1",
    check,
};

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?P<year>20\\d\\d)年度?(?:[^，。；]{0,24})(?:决算|自评表|自评报告|绩效目标|绩效评价|绩效自评|整体支出|收支情况|完成情况)").expect("a constant pattern")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some(year) = report.identity.fiscal_year.filter(|_| report.identity.kind != ReportKind::Budget) else { return };
    let headings = report.paragraphs.iter().filter(|p| matches!(p.role, Role::Heading | Role::Contents)).map(|p| (&p.folded, p.folded.text()));
    for (folded, text) in headings {
        let Some(c) = TITLE.captures(text) else { continue };
        // 下一年度, 提前下达 and legal titles speak of other years rightly.
        if text.chars().count() > 50 || ["计划", "打算", "预算安排", "下一", "提前", "《", "以来", "结转", "整改", "反馈", "上年", "上一年", "对比", "行动", "规划"].iter().any(|w| text.contains(w)) {
            continue;
        }
        out.judge();
        let stated: u16 = c["year"].parse().unwrap_or(0);
        // A report may set the targets of the year to come.
        if stated > year && !["决算", "自评", "评价"].iter().any(|w| text.contains(w)) {
            continue;
        }
        if stated == year || stated + 1 != year && stated != year + 1 {
            continue;
        }
        let Some(m) = c.name("year") else { continue };
        out.report(
            folded.span(m.start()..text.len().min(ceil(text, m.start() + 60))),
            Bilingual::new(format!("标题写 {stated}年，本报告为 {year}年"), format!("the heading says {stated}; the report is of {year}")),
            Bilingual::new("改正标题年份。", "Correct the year."),
        )
        .numbers(format!("{stated}年"), format!("{year}年"));
    }
}

fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

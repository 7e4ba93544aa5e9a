//! P0314: numbers as of the end of another year.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::ReportKind;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "P0314",
    name: "as-of-date-of-another-year",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "截止日期不是报告年度末", en: "Numbers as of the end of another year" },
    why: Fixed {
        zh: "人员、车辆、资产数以报告年度 12 月 31 日为准。",
        en: "Staff, vehicles and assets are as of 31 December of the report year.",
    },
    source: "CK-24, TX-1",
    check,
};

static AS_OF: LazyLock<Regex> = LazyLock::new(|| Regex::new("截[至止](?P<year>20\\d\\d)年(?:12月31日|12月底|底|末|年末|年底)").expect("a constant pattern"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some(year) = report.identity.fiscal_year.filter(|_| report.identity.kind != ReportKind::Budget) else { return };
    for p in &report.paragraphs {
        let text = p.folded.text();
        for c in AS_OF.captures_iter(text) {
            let m = c.get(0).map_or(0..0, |m| m.range());
            let rest = &text[m.end..];
            // Only what the law dates at the year's end, and only when the sentence does not compare.
            let what = rest.split('。').next().unwrap_or(rest);
            if !["车辆", "编制", "在职", "人员", "固定资产", "资产", "设备"].iter().any(|w| what.contains(w)) {
                continue;
            }
            out.judge();
            let stated: u16 = c["year"].parse().unwrap_or(0);
            // 截至2021年末…，本年增加…，年末为…: the opening balance.
            let opening = ["本年", "今年", "期末", "年末为", "年末数", "年初"].iter().any(|w| what.contains(w));
            if stated + 1 != year || opening || text.contains(&format!("{year}年")) {
                continue;
            }
            out.report(
                p.folded.span(m),
                Bilingual::new(format!("截止 {stated}年末，本报告为 {year}年"), format!("as of the end of {stated}; the report is of {year}")),
                Bilingual::new("按报告年度末填列。", "Give the numbers of the end of the report year."),
            )
            .numbers(format!("{stated}年"), format!("{year}年"));
        }
    }
}

//! P0312: a comparison with a year that is not the one before.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, ReportKind};
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "P0312",
    name: "base-year-not-previous",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "比较的基期不是上一年", en: "A comparison with a year that is not the one before" },
    why: Fixed {
        zh: "决算的增减变动与上一年比较；写成同一年或更早的年份，多为套用旧文。",
        en: "Accounts are compared with the year before; the same or an earlier year is most often left over from an old text.",
    },
    source: "TX-1, FD-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some(year) = report.identity.fiscal_year.filter(|_| report.identity.kind == ReportKind::FinalAccount) else { return };
    for change in &report.relations.changes {
        let (Some(_), Some(base)) = (change.measure, change.base_year) else { continue };
        // 比2019年压减30%以上, 与2019年相比累计压减: goals of several years.
        let goal = change.delta.or(change.percent).is_some_and(|id| report.fact(id).value.bound.is_some());
        let other = change.current.is_some_and(|c| report.fact(c).aspect != Aspect::Actual || report.fact(c).year.is_some_and(|y| y != year));
        if goal || other || ["累计", "年均", "规划", "以来", "疫情"].iter().any(|w| report.words(change.span).contains(w)) {
            continue;
        }
        out.judge();
        if base + 1 == year {
            continue;
        }
        out.report(
            change.span,
            Bilingual::new(format!("与 {base}年 比较，{year}年决算应与 {}年 比较", year - 1), format!("compared with {base}; the accounts of {year} are compared with {}", year - 1)),
            Bilingual::new("核对基期年份。", "Check the year compared with."),
        )
        .numbers(format!("{base}年"), format!("{}年", year - 1));
    }
}

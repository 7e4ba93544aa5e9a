//! T0422: an opening balance that is not last year's closing balance.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, Fact, Measure, Report};
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::Amount;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0422",
    name: "opening-balance-differs-from-last-closing",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "年初结转与上年年末结转不一致", en: "An opening balance that is not last year's closing balance" },
    why: Fixed {
        zh: "本年年初结转和结余应等于上年年末结转和结余；有调整的应当说明。",
        en: "What was left at the end of last year is there at the beginning of this one, unless an adjustment is stated.",
    },
    source: "CK-17",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let Some(last) = cx.last_year else { return };
    if last.identity.fiscal_year.is_none_or(|y| y + 1 != cx.report.year()) {
        return;
    }
    for (opening, closing) in [(Measure::CarryIn, Measure::CarryOut), (Measure::FiscalCarryIn, Measure::FiscalCarryOut)] {
        let (Some(now), Some(then)) = (stated(cx.report, opening), stated(last, closing)) else {
            out.lack();
            continue;
        };
        out.judge();
        let (a, b) = (Amount::of_fact(now), Amount::of_fact(then));
        if a.near(&b) {
            continue;
        }
        out.report(
            now.span,
            Bilingual::new(
                format!("{} {}，上年报告年末为 {}", opening.zh(), a.show(), b.show()),
                format!("{} is {}, last year's report closed with {}", opening.en(), a.show(), b.show()),
            ),
            Bilingual::new("核对上年决算；有年初调整的，请写明原因。", "Check last year's accounts; say why if the balance was adjusted."),
        )
        .numbers(a.show(), b.show());
    }
}

fn stated(report: &Report, measure: Measure) -> Option<&Fact> {
    report.facts.iter().find(|f| f.measure == Some(measure) && f.aspect == Aspect::Actual && f.scope.is_empty() && f.year == report.identity.fiscal_year && f.value.is_money() && f.direction.is_none())
}

//! A0121: carried over is not what came in less what went out.

use keqiao_diag::Level;
use keqiao_facts::{Fact, Measure, Place};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Interval};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0121",
    name: "carry-over-differs-from-balance",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "年末结转与收支不平", en: "Carry-over that is not income less expenditure" },
    why: Fixed {
        zh: "年初结转 + 本年收入 − 本年支出（− 结余分配）= 年末结转。",
        en: "Opening carry-over plus income less expenditure is closing carry-over.",
    },
    source: "CK-1, CK-2, CK-10",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // In prose only: the tables have their own rules. One value each, or the statement is not clear enough to judge.
    let one = |m| -> Option<&Fact> {
        let mut all = cx.index.of(report, m, report.year()).into_iter().filter(|f| f.place == Place::Prose && f.value.is_money());
        let first = all.next()?;
        all.all(|f| f.value.interval().meets(first.value.interval())).then_some(first)
    };
    let (Some(opening), Some(income), Some(spent), Some(closing)) =
        (one(Measure::CarryIn), one(Measure::YearIncome), one(Measure::YearExpenditure), one(Measure::CarryOut))
    else {
        return;
    };
    if one(Measure::SurplusDistribution).is_some_and(|d| !d.value.printed.is_zero()) || one(Measure::UsedSurplus).is_some_and(|d| !d.value.printed.is_zero()) {
        out.lack();
        return;
    }
    out.judge();
    let made: Interval = opening.value.interval() + income.value.interval() - spent.value.interval();
    // Some regions count what was carried over in the income of the year (Zhejiang's form, PR-37).
    let inclusive = income.value.interval() - spent.value.interval();
    if made.meets(closing.value.interval()) || inclusive.meets(closing.value.interval()) {
        return;
    }
    let yuan = made.middle() / closing.value.unit.factor.max(Decimal::ONE);
    out.report(
        closing.clause,
        Bilingual::new(
            format!("年末结转应为 {}{}，文中写 {}：{} + {} − {}", crate::show(yuan), closing.value.unit.name, closing.value.show(), opening.value.show(), income.value.show(), spent.value.show()),
            format!("closing carry-over is {}{}, not {}: {} + {} − {}", crate::show(yuan), closing.value.unit.name, closing.value.show(), opening.value.show(), income.value.show(), spent.value.show()),
        ),
        Bilingual::new("核对年初、年末结转与本年收支。", "Check both carry-overs, income and expenditure."),
    )
    .against_all([opening.span, income.span, spent.span])
    .numbers(closing.value.show(), crate::show(yuan));
}

//! A0103: a growth rate that its change and base cannot give.

use keqiao_diag::Level;
use keqiao_facts::{Change, Direction, FactId};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Printed, growth_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0103",
    name: "growth-differs-from-quotient",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "增减幅度与增减额不符", en: "A growth rate that its change and base cannot give" },
    why: Fixed {
        zh: "增减幅度 = 增减额 ÷ 基数；基数由本年数与增减额倒推。四舍五入解释不了的，必有一处有误。",
        en: "Growth is change divided by base, and the base follows from the value and its change. Where no rounding gives the printed rate, one of the numbers is wrong.",
    },
    source: "3.2",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for change in &report.relations.changes {
        let Some(percent) = change.percent else { continue };
        let Some(delta) = change.delta else {
            from_values(cx, change, percent, out);
            continue;
        };
        let (delta, percent) = (report.fact(delta), report.fact(percent));
        let base = change.base.map(|b| report.fact(b)).filter(|b| b.value.unit == delta.value.unit);
        let current = change.current.map(|c| report.fact(c)).filter(|c| c.value.unit.kind == delta.value.unit.kind && c.value.unit.factor == delta.value.unit.factor);
        let (Some(current), false) = (current, delta.value.approx || percent.value.approx) else {
            out.lack();
            continue;
        };
        out.judge();
        let up = change.direction == Direction::Up;
        let (c, d, p) = (current.value.printed, delta.value.printed, percent.value.printed);
        if c.value() < d.value() && up || growth_agrees(c, base.map(|b| b.value.printed), d, up, p) {
            continue;
        }
        let derived = if up { c.value() - d.value() } else { c.value() + d.value() };
        if derived.is_zero() {
            continue;
        }
        let right = Printed::round(d.value() * Decimal::ONE_HUNDRED / derived, p.decimals());
        let slip = (right.value() - p.value()).abs() <= p.half_unit() + p.half_unit();
        out.report_at(
            if slip { Level::Warning } else { Level::Error },
            percent.clause,
            Bilingual::new(
                format!("增减幅度应为 {right}%，文中写 {p}%：{} ÷ 基数 {derived}{}", delta.value.show(), delta.value.unit.name),
                format!("the rate of change is {right}%, not {p}%: {} ÷ base {derived}{}", delta.value.show(), delta.value.unit.name),
            ),
            Bilingual::new("按 增减额 ÷ 上年数 重新计算，或核对上年数。", "Divide the change by last year's value again, or check that value."),
        )
        .against(delta.span)
        .against(current.span)
        .against_all(base.map(|b| b.span))
        .numbers(format!("{p}%"), format!("{right}%"));
    }
}

/// `较上年的62.40万元增长8.41%`: no change is printed, but both values are.
fn from_values(cx: &Context<'_>, change: &Change, percent: FactId, out: &mut Sink) {
    let report = cx.report;
    let (Some(current), Some(base)) = (change.current, change.base) else { return };
    let (current, base, percent) = (report.fact(current), report.fact(base), report.fact(percent));
    let (c, b, p) = (current.value.printed, base.value.printed, percent.value.printed);
    if current.value.unit != base.value.unit || b.is_zero() || current.value.approx || base.value.approx {
        out.lack();
        return;
    }
    let up = change.direction == Direction::Up;
    // A wrong direction is A0110's.
    if (c.value() > b.value()) != up {
        return;
    }
    out.judge();
    let growth = if up { c.value() - b.value() } else { b.value() - c.value() };
    let slack = c.half_unit() + b.half_unit();
    let quotient = |part: Decimal, whole: Decimal| part * Decimal::ONE_HUNDRED / whole;
    let low = quotient((growth - slack).max(Decimal::ZERO), b.value() + b.half_unit());
    let high = quotient(growth + slack, (b.value() - b.half_unit()).max(b.half_unit()));
    if low <= p.interval().high && p.interval().low <= high {
        return;
    }
    let right = Printed::round(quotient(growth, b.value()), p.decimals());
    out.report(
        percent.clause,
        Bilingual::new(
            format!("增减幅度应为 {right}%，文中写 {p}%：{} 比 {}", current.value.show(), base.value.show()),
            format!("the rate of change is {right}%, not {p}%: {} against {}", current.value.show(), base.value.show()),
        ),
        Bilingual::new("按 (本年数−上年数)÷上年数 重新计算。", "Divide the difference by last year's value again."),
    )
    .against(current.span)
    .against(base.span)
    .numbers(format!("{p}%"), format!("{right}%"));
}

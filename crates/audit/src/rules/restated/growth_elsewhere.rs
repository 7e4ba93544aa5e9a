//! R0211: a growth rate that a change stated elsewhere contradicts.

use keqiao_diag::Level;
use keqiao_facts::Direction;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Printed, growth_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0211",
    name: "growth-differs-from-change-elsewhere",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "增长率与别处的增加数不符", en: "A growth rate that a change stated elsewhere contradicts" },
    why: Fixed {
        zh: "同一数值一处写增加多少、一处写增长百分之几，两者应能互算。",
        en: "One value with its change in one place and its growth in another: the two must fit.",
    },
    source: "3.2, 3.9",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let changes = &report.relations.changes;
    for rate in changes.iter().filter(|c| c.delta.is_none() && c.base.is_none()) {
        let (Some(current), Some(percent)) = (rate.current, rate.percent) else { continue };
        let (current, percent) = (report.fact(current), report.fact(percent));
        for change in changes.iter().filter(|c| c.percent.is_none() && c.direction == rate.direction) {
            let (Some(other), Some(delta)) = (change.current, change.delta) else { continue };
            let (other, delta) = (report.fact(other), report.fact(delta));
            let same = other.value.unit == current.value.unit && other.value.printed.value() == current.value.printed.value() && other.id != current.id && delta.value.unit.kind == other.value.unit.kind && !current.value.approx;
            // Equal numbers of different things are common when they are small.
            let telling = current.value.printed.value() >= Decimal::ONE_HUNDRED || current.value.printed.decimals() > 1;
            if !same || !telling || change.base_year != rate.base_year && change.base_year.is_some() && rate.base_year.is_some() {
                continue;
            }
            out.judge();
            let up = rate.direction == Direction::Up;
            let p = percent.value.printed;
            if growth_agrees(current.value.printed, None, delta.value.printed, up, p) {
                continue;
            }
            let base = if up { current.value.printed.value() - delta.value.printed.value() } else { current.value.printed.value() + delta.value.printed.value() };
            if base <= Decimal::ZERO {
                continue;
            }
            let right = Printed::round(delta.value.printed.value() * Decimal::ONE_HUNDRED / base, p.decimals());
            out.report(
                percent.clause,
                Bilingual::new(
                    format!("增长 {p}% 与别处“{}”不符，应为 {right}%", report.words(delta.clause)),
                    format!("a growth of {p}% does not fit “{}” elsewhere: it is {right}%", report.words(delta.clause)),
                ),
                Bilingual::new("核对两处的增加数和增长率。", "Check the change and the rate in both places."),
            )
            .against(delta.clause)
            .against(current.span)
            .numbers(format!("{p}%"), format!("{right}%"));
        }
    }
}

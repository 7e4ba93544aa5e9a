//! R0202: an amount cut off where it had to be rounded.

use keqiao_diag::Level;
use keqiao_facts::Fact;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Printed;

use super::measure_differs::truncated;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0202",
    name: "amount-truncated",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "换算时截断而未四舍五入", en: "An amount cut off where it had to be rounded" },
    why: Fixed {
        zh: "以元列示的金额换算成万元时应四舍五入；截断或凑数会使合计与分项对不上。",
        en: "Amounts in yuan are rounded when they are written in ten thousands; cutting off or adjusting makes sums fail elsewhere.",
    },
    source: "3.1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (_, ids) in cx.index.groups() {
        let facts: Vec<&Fact> = ids.iter().map(|&id| report.fact(id)).filter(|f| f.value.is_money() && !f.value.approx).collect();
        let finest = facts.iter().min_by_key(|f| f.value.printed.half_unit() * f.value.unit.factor).copied();
        let Some(exact) = finest else { continue };
        for coarse in facts.iter().filter(|f| f.value.unit.factor > exact.value.unit.factor) {
            out.judge();
            if !truncated(coarse, exact) {
                continue;
            }
            let value = exact.value.printed.value() * exact.value.unit.factor / coarse.value.unit.factor;
            let right = Printed::round(value, coarse.value.printed.decimals());
            out.report(
                coarse.clause,
                Bilingual::new(
                    format!("{} 应为 {right}{}：另处列 {}", coarse.value.show(), coarse.value.unit.name, exact.value.show()),
                    format!("{} must be {right}{}: {} is given elsewhere", coarse.value.show(), coarse.value.unit.name, exact.value.show()),
                ),
                Bilingual::new("按四舍五入填写；如为配平，请注明。", "Round half up; if it was adjusted to make a sum, say so."),
            )
            .against(exact.span)
            .numbers(coarse.value.show(), format!("{right}{}", coarse.value.unit.name));
        }
    }
}

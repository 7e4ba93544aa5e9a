//! R0201: one public quantity stated with two values.

use keqiao_diag::Level;
use keqiao_facts::{Fact, FactId, Place};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Decimal;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0201",
    name: "amount-stated-differently",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "同一金额前后不一致", en: "One amount stated with two values" },
    why: Fixed {
        zh: "同一年度、同一口径的同一指标，在正文、表格、附件中只能是一个数。",
        en: "One measure of one year and scope has one value, wherever the document states it.",
    },
    source: "3.9, TX-6, TX-7, TX-9, CK-11..16",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for ((measure, _, _), ids) in cx.index.groups() {
        let facts: Vec<&Fact> = ids.iter().map(|&id| report.fact(id)).filter(|f| f.value.is_money() && !f.value.approx).collect();
        if facts.len() < 2 {
            continue;
        }
        out.judge();
        let Some(reference) = reference(&facts) else { continue };
        let mut told: Vec<FactId> = Vec::new();
        for odd in facts.iter().filter(|f| !f.value.interval().meets(reference.value.interval())) {
            // Table against table is the table rules' business; they know the columns.
            let tables = odd.place != Place::Prose && reference.place != Place::Prose;
            let repeated = told.iter().any(|&t| report.fact(t).value.printed == odd.value.printed);
            if tables || truncated(odd, reference) || repeated {
                continue;
            }
            told.push(odd.id);
            let (yuan, slack) = gap(odd, reference);
            let level = if yuan <= slack { Level::Info } else { Level::Error };
            // A difference of one in the last place in a table comes from rounding in two places.
            if level == Level::Info && (odd.place != Place::Prose || reference.place != Place::Prose) {
                continue;
            }
            let wan = yuan / odd.value.unit.factor;
            out.report_at(
                level,
                odd.clause,
                Bilingual::new(
                    format!("{} 此处为 {}，别处为 {}，相差 {}{}", measure.zh(), odd.value.show(), reference.value.show(), crate::show(wan), odd.value.unit.name),
                    format!("{} is {} here and {} elsewhere: a difference of {}{}", measure.en(), odd.value.show(), reference.value.show(), crate::show(wan), odd.value.unit.name),
                ),
                Bilingual::new("核对两处口径；口径不同的请在文中写明。", "Check both; if the scopes differ, say so in the text."),
            )
            .against(reference.clause)
            .numbers(odd.value.show(), reference.value.show());
        }
    }
}

/// The value that most places state; the first of them speaks for it.
fn reference<'r>(facts: &[&'r Fact]) -> Option<&'r Fact> {
    facts.iter().copied().max_by_key(|f| {
        let votes = facts.iter().filter(|g| g.value.interval().meets(f.value.interval())).count();
        (votes, std::cmp::Reverse(f.span.start))
    })
}

/// Distance of two amounts in 元, and what one unit in the last place of the coarser one is worth.
fn gap(a: &Fact, b: &Fact) -> (Decimal, Decimal) {
    let yuan = |f: &Fact| f.value.printed.value() * f.value.unit.factor;
    let place = |f: &Fact| f.value.printed.half_unit() * Decimal::TWO * f.value.unit.factor;
    ((yuan(a) - yuan(b)).abs(), place(a).max(place(b)))
}

/// 127.99万元 for 1,279,964.59元: A finer value within one unit in the last place of the coarser one (R0202).
pub(super) fn truncated(a: &Fact, b: &Fact) -> bool {
    let place = |f: &Fact| f.value.printed.half_unit() * f.value.unit.factor;
    let (yuan, slack) = gap(a, b);
    place(a) != place(b) && yuan < slack && !a.value.interval().meets(b.value.interval())
}

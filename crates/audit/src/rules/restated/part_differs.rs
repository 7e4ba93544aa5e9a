//! R0209: two breakdowns of one amount that give a part different values.

use keqiao_diag::Level;
use keqiao_facts::Measure;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0209",
    name: "part-stated-differently",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "同一总额的同名分项不一致", en: "Two breakdowns of one amount that differ in a part" },
    why: Fixed {
        zh: "总额相同的两处明细，同名项目的金额应相同。",
        en: "Where the same whole is broken down twice, parts of the same name have the same amount.",
    },
    source: "3.9",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let all = &report.relations.breakdowns;
    for (i, second) in all.iter().enumerate() {
        for first in &all[..i] {
            let (a, b) = (report.fact(first.whole), report.fact(second.whole));
            if !a.value.is_money() || a.value.unit != b.value.unit || a.value.printed.value() != b.value.printed.value() || a.value.printed.is_zero() || a.year != b.year || a.aspect != b.aspect || first.span.overlaps(second.span) {
                continue;
            }
            for p in first.parts.iter().map(|&id| report.fact(id)) {
                let name = core(&p.label);
                let twin = second.parts.iter().map(|&id| report.fact(id)).find(|q| core(&q.label) == name && q.value.unit == p.value.unit);
                // Public quantities are R0201's.
                let (Some(q), true) = (twin, name.chars().count() >= 3 && Measure::of_label(name).is_none_or(|m| m == Measure::Reception)) else { continue };
                out.judge();
                if p.value.interval().meets(q.value.interval()) {
                    continue;
                }
                out.report(
                    q.clause,
                    Bilingual::new(
                        format!("{name}此处 {}，别处 {}，而总额同为 {}", q.value.show(), p.value.show(), a.value.show()),
                        format!("{name} is {} here and {} elsewhere, of the same whole of {}", q.value.show(), p.value.show(), a.value.show()),
                    ),
                    Bilingual::new("核对两处明细。", "Check both breakdowns."),
                )
                .against(p.clause)
                .numbers(q.value.show(), p.value.show());
            }
        }
    }
}

/// 其中办公费 → 办公费
fn core(label: &str) -> &str {
    label.trim_start_matches("其中").trim_start_matches(['：', '，', '、'])
}

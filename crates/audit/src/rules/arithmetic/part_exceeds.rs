//! A0108: a part greater than its whole.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use super::parts_exceed::is_whole_unclear;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0108",
    name: "part-exceeding-whole",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "“其中”的数大于总数", en: "A part greater than its whole" },
    why: Fixed {
        zh: "“其中”一项不会大于它所属的总数；总数为 0 时更不会有其中。",
        en: "No part is greater than its whole, least of all a part of nothing.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in &report.relations.breakdowns {
        let whole = report.fact(b.whole);
        if is_whole_unclear(report, b) {
            out.lack();
            continue;
        }
        for part in b.parts.iter().map(|&id| report.fact(id)) {
            if part.value.unit.kind != whole.value.unit.kind || part.value.approx || whole.value.approx || part.value.spelled || whole.value.spelled {
                continue;
            }
            out.judge();
            let (w, p) = (whole.value.interval(), part.value.interval());
            if p.low <= w.high {
                continue;
            }
            out.report(
                part.clause,
                Bilingual::new(
                    format!("其中一项 {} 大于总数 {}", part.value.show(), whole.value.show()),
                    format!("a part of {} is greater than its whole of {}", part.value.show(), whole.value.show()),
                ),
                Bilingual::new("核对总数与其中数。", "Check the whole and the part."),
            )
            .against(whole.clause)
            .numbers(part.value.show(), format!("≤ {}", whole.value.show()));
        }
    }
}

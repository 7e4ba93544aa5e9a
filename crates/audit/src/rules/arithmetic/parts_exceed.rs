//! A0107: parts that make more than their whole.

use keqiao_diag::Level;
use keqiao_facts::{Breakdown, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{SumGap, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0107",
    name: "parts-exceeding-whole",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "“其中”各项之和大于总数", en: "Parts that make more than their whole" },
    why: Fixed {
        zh: "“其中”所列金额即使不全，之和也不会大于总数。",
        en: "Amounts listed as parts may be incomplete, but they never add up to more than the whole.",
    },
    source: "3.1, CK-21",
    check,
};

/// 提前下达70万元，追加50万元，用于三个县区：甲县40万元…: the list may be of both amounts, not of the last one.
pub(super) fn is_whole_unclear(report: &Report, b: &Breakdown) -> bool {
    let whole = report.fact(b.whole);
    let Some(first) = b.parts.first().map(|&id| report.fact(id)) else { return true };
    let between = |from: u32, to: u32| report.text.get(from as usize..to as usize).unwrap_or("。");
    let opener = between(whole.span.end, first.span.start);
    if opener.starts_with(['（', '(']) || opener.contains("其中") {
        return false;
    }
    let siblings = report.relations.breakdowns.iter().filter(|o| o.parts.contains(&b.whole)).flat_map(|o| &o.parts).map(|&id| report.fact(id));
    siblings.filter(|s| s.span.end < whole.span.start).any(|s| !between(s.span.end, whole.span.start).contains(['；', ';', '。']))
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in report.relations.breakdowns.iter().filter(|b| !b.exhaustive && b.parts.len() > 1) {
        let whole = report.fact(b.whole);
        let parts: Vec<_> = b.parts.iter().map(|&id| report.fact(id)).collect();
        if !whole.value.is_money() || parts.iter().any(|p| p.value.unit != whole.value.unit || p.value.approx) {
            out.lack();
            continue;
        }
        // A part that repeats the whole (…0.56万元，其中…共计0.56万元) is the whole said again.
        if parts.iter().any(|p| p.value.printed.value() >= whole.value.printed.value()) {
            continue;
        }
        if is_whole_unclear(report, b) {
            out.lack();
            continue;
        }
        out.judge();
        let (sum, SumGap::Beyond(gap)) = sum_gap(whole.value.printed, parts.iter().map(|p| p.value.printed)) else { continue };
        if gap > keqiao_quantity::Decimal::ZERO {
            continue;
        }
        let unit = &whole.value.unit.name;
        out.report(
            whole.clause,
            Bilingual::new(
                format!("所列 {} 项之和 {sum}{unit} 大于总数 {}", parts.len(), whole.value.show()),
                format!("its {} parts make {sum}{unit}, more than the whole of {}", parts.len(), whole.value.show()),
            ),
            Bilingual::new("核对总数和各分项，看是否有重复计入。", "Check the whole and each part for amounts counted twice."),
        )
        .against_all(parts.iter().map(|p| p.span))
        .numbers(whole.value.show(), format!("{sum}{unit}"));
    }
}

//! A0112: a total that leaves out what was carried over.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, SumGap, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0112",
    name: "total-omitting-carry-over",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "总计未包含结转资金", en: "A total that leaves out what was carried over" },
    why: Fixed {
        zh: "文中写有上年结转，而收入总计只等于各项拨款之和，结转资金既未计入也未说明。",
        en: "The text names money carried over, but the total equals the appropriations alone: it is neither counted nor excluded in words.",
    },
    source: "TX-13, CK-1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in report.relations.breakdowns.iter().filter(|b| !b.exhaustive && b.parts.len() > 1) {
        let whole = report.fact(b.whole);
        if !whole.value.is_money() || !["总额", "总计", "收入", "资金"].iter().any(|w| whole.label.contains(w)) {
            continue;
        }
        let parts: Vec<_> = b.parts.iter().map(|&id| report.fact(id)).collect();
        let Some(carried) = parts.iter().find(|p| (p.label.contains("结转") || p.label.contains("结余")) && !["年末", "下年", "另有", "不含"].iter().any(|w| p.label.contains(w))) else { continue };
        if parts.iter().any(|p| p.value.unit != whole.value.unit) || carried.value.printed.is_zero() {
            out.lack();
            continue;
        }
        out.judge();
        let others = parts.iter().filter(|p| p.id != carried.id).map(|p| p.value.printed);
        let (sum, gap) = sum_gap(whole.value.printed, others);
        let with: Decimal = sum + carried.value.printed.value();
        if matches!(gap, SumGap::Beyond(_)) || with == whole.value.printed.value() {
            continue;
        }
        let unit = &whole.value.unit.name;
        out.report(
            whole.clause,
            Bilingual::new(
                format!("{} 未包含结转的 {}；加上应为 {with}{unit}", whole.value.show(), carried.value.show()),
                format!("{} leaves out the {} carried over; with it the total is {with}{unit}", whole.value.show(), carried.value.show()),
            ),
            Bilingual::new("把结转资金计入总数，或写明总数不含结转。", "Count the money carried over, or say that the total excludes it."),
        )
        .against(carried.clause)
        .numbers(whole.value.show(), format!("{with}{unit}"));
    }
}

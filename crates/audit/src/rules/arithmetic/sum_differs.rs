//! A0106: a whole that its listed parts do not make.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{SumGap, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0106",
    name: "sum-differs-from-parts",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "分项之和与总数不符", en: "A whole that its parts do not make" },
    why: Fixed {
        zh: "列全了的分项之和必须等于总数，差额超出四舍五入的就是错。",
        en: "Where the list is complete its sum must be the whole; a gap beyond rounding is an error.",
    },
    source: "3.1, CK-9, CK-23",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in report.relations.breakdowns.iter().filter(|b| b.exhaustive) {
        let whole = report.fact(b.whole);
        let parts: Vec<_> = b.parts.iter().map(|&id| report.fact(id)).collect();
        if !whole.value.is_money() || parts.iter().any(|p| p.value.unit != whole.value.unit || p.value.approx) {
            out.lack();
            continue;
        }
        out.judge();
        let (sum, SumGap::Beyond(gap)) = sum_gap(whole.value.printed, parts.iter().map(|p| p.value.printed)) else { continue };
        let unit = &whole.value.unit.name;
        out.report(
            whole.clause,
            Bilingual::new(
                format!("总数 {} 与所列 {} 项之和 {sum}{unit} 相差 {}{unit}", whole.value.show(), parts.len(), gap.abs()),
                format!("the whole is {}, its {} parts make {sum}{unit}: a difference of {}{unit}", whole.value.show(), parts.len(), gap.abs()),
            ),
            Bilingual::new("核对总数和各分项；如另有未列项目，请写明。", "Check the whole and each part; if a part is not listed, say so."),
        )
        .against_all(parts.iter().map(|p| p.span))
        .numbers(whole.value.show(), format!("{sum}{unit}"));
    }
}

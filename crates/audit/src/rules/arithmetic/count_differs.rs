//! A0109: a number of posts, staff, vehicles or units that its kinds do not make.

use keqiao_diag::Level;
use keqiao_facts::{Breakdown, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Kind};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0109",
    name: "count-differs-from-parts",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "人员、车辆、单位数与分类之和不符", en: "A count of staff, vehicles or units that its kinds do not make" },
    why: Fixed {
        zh: "编制、在职人员、车辆、下属单位按类别列出，类别之和应等于总数。",
        en: "Posts, staff, vehicles and units are listed by kind; the kinds make the whole.",
    },
    source: "CK-24, TX-8",
    check,
};

/// Kinds that exclude each other and cover their whole.
const KINDS: &[&[&str]] = &[
    &["行政", "参公", "参照", "事业", "工勤", "机关", "后勤", "公勤"],
    &["用车", "车"],
    &["行政单位", "事业单位", "参照公务员法", "公益一类", "公益二类"],
    &["货物", "工程", "服务"],
];

/// Whether every part names a kind of one scheme.
fn classified(report: &Report, b: &Breakdown) -> bool {
    KINDS.iter().any(|kinds| b.parts.iter().all(|&id| kinds.iter().any(|k| report.fact(id).label.contains(k))))
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in report.relations.breakdowns.iter().filter(|b| b.parts.len() > 1) {
        let whole = report.fact(b.whole);
        let parts: Vec<_> = b.parts.iter().map(|&id| report.fact(id)).collect();
        let count = whole.value.unit.kind == Kind::Count && parts.iter().all(|p| p.value.unit.kind == Kind::Count && !p.value.approx);
        if !count || whole.value.approx || !classified(report, b) {
            continue;
        }
        out.judge();
        let sum: Decimal = parts.iter().map(|p| p.value.printed.value() * p.value.unit.factor).sum();
        let stated = whole.value.printed.value() * whole.value.unit.factor;
        // A single part greater than the whole is A0108's.
        if sum == stated || parts.iter().any(|p| p.value.printed.value() > stated) {
            continue;
        }
        out.report_at(
            if sum > stated { Level::Warning } else { Level::Info },
            whole.clause,
            Bilingual::new(
                format!("总数 {} 与分类之和 {} 不符", whole.value.show(), crate::show(sum)),
                format!("the whole is {}, its kinds make {}", whole.value.show(), crate::show(sum)),
            ),
            Bilingual::new("核对总数和各类数量；有未列类别的请补上。", "Check the whole and each kind; add the kinds that are not listed."),
        )
        .against_all(parts.iter().map(|p| p.clause))
        .numbers(whole.value.show(), crate::show(sum));
    }
}

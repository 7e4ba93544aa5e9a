//! R0208: vehicles of one kind in two numbers.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0208",
    name: "vehicles-stated-differently",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "车辆构成前后不一致", en: "Vehicles of one kind in two numbers" },
    why: Fixed {
        zh: "同一单位年末车辆的构成，在“三公”经费、国有资产和附件里应一致。",
        en: "The vehicles of one body at the end of the year are the same in every chapter.",
    },
    source: "CK-24, TX-15",
    check,
};

const KINDS: [&str; 8] = ["小轿车", "越野车", "面包车", "商务车", "大篷车", "皮卡车", "中巴车", "客车"];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let vehicles: Vec<_> = report
        .facts
        .iter()
        .filter(|f| f.value.unit.base_name() == "辆" && f.direction.is_none())
        .filter(|f| !["更新", "购置", "新购", "报废", "处置", "新增", "计划"].iter().any(|w| f.label.contains(w)))
        .filter_map(|f| Some((*KINDS.iter().find(|k| f.label.ends_with(**k))?, f)))
        .collect();
    for (i, (kind, b)) in vehicles.iter().enumerate() {
        let Some((_, a)) = vehicles[..i].iter().find(|(k, _)| k == kind) else { continue };
        if a.paragraph == b.paragraph && a.paragraph.is_some() {
            continue;
        }
        out.judge();
        if a.value.printed.value() == b.value.printed.value() {
            continue;
        }
        out.report(
            b.clause,
            Bilingual::new(format!("{kind}此处 {}，别处 {}", b.value.show(), a.value.show()), format!("{kind}: {} here, {} elsewhere", b.value.show(), a.value.show())),
            Bilingual::new("按资产台账核对年末车辆。", "Check the vehicles against the asset register."),
        )
        .against(a.clause)
        .numbers(b.value.show(), a.value.show());
    }
}

//! T0407: a total of the 三公 table that its items do not make.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, Fact, Measure, Place, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{SumGap, sum_gap};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0407",
    name: "three-public-total-differs-from-items",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "“三公”经费表的合计与分项之和不符", en: "A total of the 三公 table that its items do not make" },
    why: Fixed {
        zh: "“三公”经费合计等于因公出国（境）费、公务用车购置及运行维护费、公务接待费之和；公务用车小计等于购置费与运行维护费之和。预算数、决算数两栏都要平。",
        en: "The total is travel abroad, vehicles and receptions; vehicles are purchase and running. Both budget and actual must foot.",
    },
    source: "CK-9",
    check,
};

const SUMS: [(Measure, &[Measure]); 2] = [
    (Measure::ThreePublic, &[Measure::GoingAbroad, Measure::Vehicles, Measure::Reception]),
    (Measure::Vehicles, &[Measure::VehiclePurchase, Measure::VehicleRunning]),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for table in report.tables.iter().filter(|t| t.kind == Some(PublicKind::ThreePublic) && t.half == 0) {
        // Shaanxi prints 会议费 and 培训费 beside; they are no part of 三公, and are not mapped to measures.
        let facts: Vec<&Fact> = report.facts.iter().filter(|f| f.place == Place::Table && table.span.contains(f.span) && f.measure.is_some()).collect();
        for aspect in [Aspect::InitialBudget, Aspect::Budget, Aspect::Actual] {
            let mut years: Vec<Option<u16>> = facts.iter().map(|f| f.year).collect();
            years.sort_unstable();
            years.dedup();
            for year in years {
                let of = |m: Measure| -> Vec<&Fact> { facts.iter().copied().filter(|f| f.measure == Some(m) && f.aspect == aspect && f.year == year).collect() };
                for (whole, parts) in SUMS {
                    sum(whole, &of(whole), &parts.iter().map(|&p| of(p)).collect::<Vec<_>>(), out);
                }
            }
        }
    }
}

fn sum(measure: Measure, whole: &[&Fact], parts: &[Vec<&Fact>], out: &mut Sink) {
    // Two numbers for one item: rows and columns are not understood.
    let [whole] = whole else { return };
    if parts.iter().any(|p| p.len() > 1) || parts.iter().all(Vec::is_empty) {
        return;
    }
    out.judge();
    let parts: Vec<&&Fact> = parts.iter().flatten().collect();
    let (sum, SumGap::Beyond(gap)) = sum_gap(whole.value.printed, parts.iter().map(|p| p.value.printed)) else { return };
    let unit = &whole.value.unit.name;
    out.report(
        whole.span,
        Bilingual::new(
            format!("“三公”经费表中{}为 {}，分项之和为 {sum}{unit}，相差 {}{unit}", measure.zh(), whole.value.show(), gap.abs()),
            format!("{} is {} in the table, its items make {sum}{unit}: a difference of {}{unit}", measure.en(), whole.value.show(), gap.abs()),
        ),
        Bilingual::new("核对合计与各分项。", "Check the total and its items."),
    )
    .against_all(parts.iter().map(|p| p.span))
    .numbers(whole.value.show(), format!("{sum}{unit}"));
}

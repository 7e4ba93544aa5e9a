//! A0125: a public sum that its members, stated elsewhere, do not make.

use keqiao_diag::Level;
use keqiao_facts::{Fact, Measure, Place};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{SumGap, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0125",
    name: "sum-differs-across-sections",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "总额与别处所列分项之和不符", en: "A public sum that its members, stated elsewhere, do not make" },
    why: Fixed {
        zh: "“三公”经费 = 因公出国 + 公务用车 + 公务接待；公务用车 = 购置 + 运行维护；基本支出 = 人员经费 + 公用经费。分项写在别的段落也应相符。",
        en: "Three public expenses are travel, vehicles and receptions; vehicles are purchase and running; basic expenditure is staff and office costs, also when the members stand in other paragraphs.",
    },
    source: "CK-8, CK-9, TX-9",
    check,
};

/// A whole, the members that must be stated, and those that may be absent when they are nothing.
const SUMS: &[(Measure, &[Measure], &[Measure])] = &[
    (Measure::ThreePublic, &[Measure::Vehicles, Measure::Reception], &[Measure::GoingAbroad]),
    (Measure::ThreePublic, &[Measure::VehicleRunning, Measure::Reception], &[Measure::GoingAbroad, Measure::VehiclePurchase]),
    (Measure::Vehicles, &[Measure::VehiclePurchase, Measure::VehicleRunning], &[]),
    (Measure::GeneralBasic, &[Measure::StaffCost, Measure::PublicCost], &[]),
    (Measure::YearExpenditure, &[Measure::BasicExpenditure, Measure::ProjectExpenditure], &[Measure::UpwardExpenditure, Measure::OperatingExpenditure, Measure::AttachedExpenditure]),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // One value that all prose statements share; where they differ, R0201 speaks.
    let one = |m: Measure| -> Option<&Fact> {
        let mut all = cx.index.of(report, m, report.year()).into_iter().filter(|f| f.place == Place::Prose && f.value.is_money());
        let first = all.next()?;
        all.all(|f| f.value.interval().meets(first.value.interval())).then_some(first)
    };
    let mut told: Vec<Measure> = Vec::new();
    for (whole, needed, optional) in SUMS {
        let Some(total) = one(*whole) else { continue };
        if told.contains(whole) || optional.iter().any(|m| one(*m).is_none() && !cx.index.of(report, *m, report.year()).is_empty()) {
            continue;
        }
        let members: Vec<&Fact> = needed.iter().chain(*optional).filter_map(|m| one(*m)).collect();
        if needed.iter().any(|m| one(*m).is_none()) {
            out.lack();
            continue;
        }
        // Members in the total's own breakdown are A0106's.
        let together = report.relations.breakdowns.iter().any(|b| b.exhaustive && members.iter().all(|m| b.parts.contains(&m.id)));
        if together || members.iter().any(|m| m.value.unit != total.value.unit) {
            continue;
        }
        out.judge();
        let (sum, SumGap::Beyond(gap)) = sum_gap(total.value.printed, members.iter().map(|m| m.value.printed)) else { continue };
        told.push(*whole);
        let unit = &total.value.unit.name;
        out.report(
            total.clause,
            Bilingual::new(
                format!("{} {} 与分项之和 {sum}{unit} 相差 {}{unit}", whole.zh(), total.value.show(), gap.abs()),
                format!("{} is {}, its members make {sum}{unit}: a difference of {}{unit}", whole.en(), total.value.show(), gap.abs()),
            ),
            Bilingual::new("核对总额与各分项。", "Check the sum and each member."),
        )
        .against_all(members.iter().map(|m| m.clause))
        .numbers(total.value.show(), format!("{sum}{unit}"));
    }
}

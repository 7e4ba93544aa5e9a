//! A0119: contracts of smaller enterprises above all procurement.

use keqiao_diag::Level;
use keqiao_facts::Measure;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0119",
    name: "sme-exceeding-procurement",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "中小微企业合同金额大于采购总额", en: "Contracts of smaller enterprises above all procurement" },
    why: Fixed {
        zh: "小微企业 ≤ 中小企业 ≤ 政府采购总额。",
        en: "Micro and small is at most small and medium, which is at most all procurement.",
    },
    source: "CK-23",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (part, whole) in [(Measure::ProcurementSme, Measure::Procurement), (Measure::ProcurementMicro, Measure::ProcurementSme), (Measure::ProcurementMicro, Measure::Procurement)] {
        for p in cx.index.of(report, part, report.year()) {
            let Some(w) = cx.index.of(report, whole, report.year()).into_iter().find(|w| w.value.unit == p.value.unit) else { continue };
            out.judge();
            if p.value.interval().low <= w.value.interval().high {
                continue;
            }
            out.report(
                p.clause,
                Bilingual::new(
                    format!("{} {} 大于 {} {}", part.zh(), p.value.show(), whole.zh(), w.value.show()),
                    format!("{} of {} is more than {} of {}", part.en(), p.value.show(), whole.en(), w.value.show()),
                ),
                Bilingual::new("核对采购总额与授予金额。", "Check total procurement and the contracts."),
            )
            .against(w.clause)
            .numbers(p.value.show(), format!("≤ {}", w.value.show()));
        }
    }
}

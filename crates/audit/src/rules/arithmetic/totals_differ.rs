//! A0111: total income and total expenditure that differ.

use keqiao_diag::Level;
use keqiao_facts::{Measure, Place};
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0111",
    name: "income-total-differs-from-expenditure-total",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "收入总计与支出总计不等", en: "Total income and total expenditure that differ" },
    why: Fixed {
        zh: "总计含年初结转和年末结转，收入总计恒等于支出总计；不等往往是把本年合计写成了总计。",
        en: "Totals include what is carried over, so both sides are always equal; where they differ, the sums of the year were written as totals.",
    },
    source: "CK-3, TX-2",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (income, expenditure) in [(Measure::IncomeTotal, Measure::ExpenditureTotal), (Measure::FiscalIncomeTotal, Measure::FiscalExpenditureTotal)] {
        let of = |m| cx.index.of(report, m, report.year()).into_iter().filter(|f| f.place == Place::Prose && f.label.contains("总计")).collect::<Vec<_>>();
        for i in of(income) {
            // Totals are compared within one section: an annex may speak of a wider scope.
            let Some(e) = of(expenditure).into_iter().find(|e| e.section == i.section) else { continue };
            if e.value.unit != i.value.unit {
                out.lack();
                continue;
            }
            out.judge();
            let gap = i.value.printed.value() - e.value.printed.value();
            if gap.abs() <= i.value.printed.half_unit() + e.value.printed.half_unit() {
                continue;
            }
            out.report(
                i.clause,
                Bilingual::new(
                    format!("收入总计 {} 与支出总计 {} 相差 {}{}", i.value.show(), e.value.show(), gap.abs(), i.value.unit.name),
                    format!("total income {} and total expenditure {} differ by {}{}", i.value.show(), e.value.show(), gap.abs(), i.value.unit.name),
                ),
                Bilingual::new("总计应含年初（年末）结转和结余；看是否误用了本年合计。", "Totals include what is carried over; see whether the sums of the year were used."),
            )
            .against(e.clause)
            .numbers(i.value.show(), e.value.show());
        }
    }
}

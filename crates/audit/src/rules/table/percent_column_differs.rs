//! T0414: a percent column that the amounts beside it do not give.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataRow, DataTable};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Kind, quotient_percent, share_agrees};

use super::footing::{is_total, row_name};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0414",
    name: "percent-column-differs-from-amounts",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "表中百分比与金额不符", en: "A percent column that the amounts do not give" },
    why: Fixed {
        zh: "占比由本行金额除以合计得出，执行率由执行数除以预算数得出；在四舍五入允许的范围内仍算不出的，百分比或金额有误。",
        en: "A share is the row's amount over the total, a rate of execution what was spent over the budget.",
    },
    source: "3.2, 3.6",
    check,
};

/// One percent with the part and the whole that should give it.
struct Ratio<'a> {
    what: String,
    percent: &'a DataCell,
    part: &'a DataCell,
    whole: &'a DataCell,
}

impl Ratio<'_> {
    fn holds(&self) -> bool {
        share_agrees(self.part.value, self.whole.value, self.percent.value)
    }
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in cx.report.tables.iter().filter(|t| t.kind.is_none()) {
        for (at, column) in table.columns.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let percent = column.unit.as_ref().is_some_and(|u| u.kind == Kind::Percent) || table.rows.iter().any(|r| r.cell(at).is_some_and(|c| c.percent));
            if !percent {
                continue;
            }
            let candidates = if column.name.contains('占') || column.name.contains("比重") {
                vec![shares(table, at)]
            } else if ["执行率", "完成率", "执行进度", "支出进度"].iter().any(|w| column.name.contains(w)) {
                rates(table, at)
            } else {
                continue;
            };
            // Which budget the rate is of is what most rows agree with.
            let best = candidates.into_iter().max_by_key(|c| c.iter().filter(|r| r.holds()).count()).unwrap_or_default();
            let right = best.iter().filter(|r| r.holds()).count();
            if right < 2 || best.len() - right >= right {
                out.lack();
                continue;
            }
            best.iter().for_each(|r| judge(r, out));
        }
    }
}

/// 占…百分比: the amounts of the nearest column of money on the left, over their printed total.
fn shares(table: &DataTable, percent: u32) -> Vec<Ratio<'_>> {
    let amount = (0..percent).rev().find(|&c| table.rows.iter().any(|r| r.cell(c).is_some_and(|c| !c.percent)));
    let totals: Vec<_> = table.rows.iter().filter(|r| is_total(r)).collect();
    let (Some(amount), [total]) = (amount, totals.as_slice()) else { return Vec::new() };
    let Some(whole) = total.cell(amount) else { return Vec::new() };
    table
        .rows
        .iter()
        .filter(|r| !is_total(r))
        .filter_map(|row| Some(Ratio { what: row_name(row), percent: row.cell(percent)?, part: row.cell(amount)?, whole }))
        .collect()
}

/// 执行率: spent over each column of budget that the table has.
fn rates(table: &DataTable, percent: u32) -> Vec<Vec<Ratio<'_>>> {
    let named = |words: &[&str], not: &[&str]| -> Vec<u32> {
        (0..percent).filter(|&c| table.columns.get(c as usize).is_some_and(|c| words.iter().any(|w| c.name.contains(w)) && !not.iter().any(|w| c.name.contains(w)))).collect()
    };
    let spent = named(&["执行数", "支出数", "决算数", "实际支出", "支出金额"], &["预算", "率"]);
    let budgets = named(&["预算"], &["率", "执行数", "支出数"]);
    let [spent] = spent.as_slice() else { return Vec::new() };
    budgets
        .iter()
        .map(|&budget| table.rows.iter().filter_map(|row| ratio_of(row, percent, *spent, budget)).collect())
        .collect()
}

fn ratio_of(row: &DataRow, percent: u32, spent: u32, budget: u32) -> Option<Ratio<'_>> {
    let whole = row.cell(budget).filter(|c| !c.value.is_zero())?;
    Some(Ratio { what: row_name(row), percent: row.cell(percent)?, part: row.cell(spent)?, whole })
}

fn judge(r: &Ratio<'_>, out: &mut Sink) {
    out.judge();
    if r.holds() {
        return;
    }
    let Some(right) = quotient_percent(r.part.value, r.whole.value, r.percent.value.decimals()) else { return };
    let stated = r.percent.value;
    let last_digit = (right.value() - stated.value()).abs() <= stated.half_unit() + stated.half_unit();
    out.report_at(
        if last_digit { Level::Warning } else { Level::Error },
        r.percent.span,
        Bilingual::new(
            format!("“{}”的百分比应为 {right}%（{} ÷ {}），表中为 {stated}%", r.what, r.part.value, r.whole.value),
            format!("{}: {} ÷ {} is {right}%, the table says {stated}%", r.what, r.part.value, r.whole.value),
        ),
        Bilingual::new("按金额重新计算百分比，或核对金额。", "Compute the percent again, or check the amounts."),
    )
    .against(r.part.span)
    .against(r.whole.span)
    .numbers(format!("{stated}%"), format!("{right}%"));
}

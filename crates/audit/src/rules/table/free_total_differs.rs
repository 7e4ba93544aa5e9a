//! T0413: a total of any other table that its rows or columns do not make.

use keqiao_diag::Level;
use keqiao_facts::{DataRow, DataTable, Report};
use keqiao_i18n::Fixed;

use super::footing::{Footing, is_total, judge_all};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0413",
    name: "table-total-differs-from-items",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "表中合计与各项之和不符", en: "A total of a table that its items do not make" },
    why: Fixed {
        zh: "表中其他各栏的合计都等于各项之和，唯独这一栏不等，说明合计或某一项填错。",
        en: "Where the other columns of a table foot and one does not, its total or one of its items is wrong.",
    },
    source: "3.1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in cx.report.tables.iter().filter(|t| t.kind.is_none()) {
        columns(cx.report, table, out);
        rows(table, out);
    }
}

/// Columns whose total is no sum.
const AVERAGES: [&str; 10] = ["单价", "均", "标准", "率", "比", "幅", "序号", "年度", "年份", "%"];

/// Down the columns: the row 合计 against the rows of the highest level.
fn columns(report: &Report, table: &DataTable, out: &mut Sink) {
    let totals: Vec<usize> = (0..table.rows.len()).filter(|&i| is_total(&table.rows[i])).collect();
    let [total] = totals.as_slice() else { return };
    let Some(items) = top_level(report, table, *total) else { return };
    let mut money = Vec::new();
    for column in 0..u32::try_from(table.columns.len()).unwrap_or(0) {
        let Some(stated) = table.rows[*total].cell(column).filter(|c| !c.percent) else { continue };
        let parts: Vec<_> = items.iter().filter_map(|r| r.cell(column)).collect();
        let name = &table.columns[column as usize].name;
        if parts.len() >= 2 && !AVERAGES.iter().any(|w| name.contains(w)) {
            money.push(Footing { table, what: format!("合计·{name}"), stated, parts });
        }
    }
    let holding = money.iter().filter(|f| f.holds() && !f.stated.value.is_zero()).count();
    // One column that foots proves which rows belong to the total; more wrong ones than right prove nothing.
    if holding == 0 || money.len() - holding > holding {
        if !money.is_empty() {
            out.lack();
        }
        return;
    }
    for footing in &money {
        footing.judge(out);
    }
}

/// The rows that the total adds up: of one level of codes, or the numbered ones, or all where none is numbered and none
/// says 其中 or 小计.
fn top_level<'a>(report: &Report, table: &'a DataTable, total: usize) -> Option<Vec<&'a DataRow>> {
    let rows: Vec<&DataRow> = table.rows.iter().enumerate().filter(|(i, r)| *i != total && !r.cells.is_empty()).map(|(_, r)| r).collect();
    let lengths: Vec<usize> = rows.iter().filter_map(|r| r.code.as_ref()).map(|c| c.0.len()).collect();
    if lengths.len() == rows.len() {
        let least = *lengths.iter().min()?;
        return Some(rows.into_iter().filter(|r| r.code.as_ref().is_some_and(|c| c.0.len() == least)).collect());
    }
    let numbered = |r: &DataRow| {
        r.label_span.is_some_and(|s| {
            let before = report.text.get(..s.start as usize).unwrap_or("").trim_end();
            before.strip_suffix('、').is_some_and(|b| b.ends_with(|c| "一二三四五六七八九十".contains(c)))
        })
    };
    let marked: Vec<&DataRow> = rows.iter().copied().filter(|r| numbered(r)).collect();
    if marked.len() >= 2 {
        return Some(marked);
    }
    let nested = rows.iter().any(|r| r.label.starts_with("其中") || r.label.contains("小计") || r.label.is_empty());
    (!nested && lengths.is_empty()).then_some(rows)
}

/// Along the rows: the column 合计 (first or last) against the other columns of money.
fn rows(table: &DataTable, out: &mut Sink) {
    let last = table.columns.len().saturating_sub(1);
    let Some(total) = table.column(|c| matches!(c, "合计" | "总计")) else { return };
    if table.columns.len() < 3 || (total as usize != 0 && total as usize != last) {
        return;
    }
    let sided = table.columns.iter().any(|c| c.name.contains("其中") || c.name.contains('·') || c.unit.is_some());
    if sided {
        return;
    }
    let footings: Vec<Footing<'_>> = table
        .rows
        .iter()
        .filter_map(|row| {
            let stated = row.cell(total).filter(|c| !c.percent)?;
            let parts: Vec<_> = row.cells.iter().filter(|c| c.column != total && !c.percent).collect();
            (parts.len() >= 2).then(|| Footing { table, what: format!("{}·合计", row.label), stated, parts })
        })
        .collect();
    if footings.iter().filter(|f| f.holds()).count() >= 2 {
        judge_all(&footings, false, out);
    }
}

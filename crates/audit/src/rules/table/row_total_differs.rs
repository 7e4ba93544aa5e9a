//! T0401: a row whose total is not the sum of its columns.

use keqiao_diag::Level;
use keqiao_facts::{DataTable, PublicKind};
use keqiao_i18n::Fixed;

use super::footing::{Footing, judge_all, part_columns, row_name, total_column};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0401",
    name: "row-total-differs-from-columns",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "表中一行的合计与各栏之和不符", en: "A row whose total is not the sum of its columns" },
    why: Fixed {
        zh: "收入决算表、支出决算表和财政拨款各表的每一行，合计栏等于其余各栏之和；差额超出四舍五入的，必有一栏填错。",
        en: "In every row of the public tables the total column is the sum of the others; a gap beyond rounding means a wrong cell.",
    },
    source: "CK-5, CK-7",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in &cx.report.tables {
        let rows_foot = match table.kind {
            Some(PublicKind::Income | PublicKind::Expenditure | PublicKind::GeneralExpenditure) => table.half == 0,
            Some(PublicKind::StateCapitalExpenditure) => table.half == 0,
            Some(PublicKind::FiscalOverall) => table.half == 1,
            _ => false,
        };
        // Columns of carry-over or income beside the expenditure (Yunnan) are no parts of it.
        let mixed = table.kind != Some(PublicKind::Income) && table.columns.iter().any(|c| c.name.contains("结转") || c.name.contains("收入"));
        if rows_foot && !mixed {
            judge_all(&footings(table), false, out);
        }
    }
}

fn footings(table: &DataTable) -> Vec<Footing<'_>> {
    let Some(total) = total_column(table) else { return Vec::new() };
    let parts = part_columns(table, total);
    if parts.is_empty() {
        return Vec::new();
    }
    let name = &table.columns[total as usize].name;
    table
        .rows
        .iter()
        .filter_map(|row| {
            let stated = row.cell(total)?;
            let parts: Vec<_> = parts.iter().filter_map(|&c| row.cell(c)).collect();
            (!parts.is_empty()).then(|| Footing { table, what: format!("{}·{name}", row_name(row)), stated, parts })
        })
        .collect()
}

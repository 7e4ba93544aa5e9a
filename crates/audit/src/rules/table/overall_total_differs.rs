//! T0403: a total of the overall tables that the rows above it do not make.

use keqiao_diag::Level;
use keqiao_facts::{DataRow, DataTable, PublicKind};
use keqiao_i18n::Fixed;

use super::footing::Footing;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0403",
    name: "overall-total-differs-from-rows",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "总表的合计或总计与各行之和不符", en: "A total of an overall table that its rows do not make" },
    why: Fixed {
        zh: "总表中，本年收入（支出）合计等于上列各行之和，总计等于本年合计加年初（年末）结转结余等；不符的必有一数填错。",
        en: "The income (expenditure) of the year is the sum of the rows above; the total adds what was carried over.",
    },
    source: "CK-1, CK-2, CK-4, CK-7",
    check,
};

/// Rows between 本年合计 and 总计 that belong to the total.
const BETWEEN: [&str; 12] = [
    "使用非财政拨款结余",
    "使用非财政拨款结余（含专用结余）",
    "使用非财政拨款结余和专用结余",
    "用事业基金弥补收支差额",
    "年初结转和结余",
    "年初结转结余",
    "上年结转和结余",
    "年初财政拨款结转和结余",
    "结余分配",
    "年末结转和结余",
    "年末结转结余",
    "年末财政拨款结转和结余",
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in &cx.report.tables {
        if !matches!(table.kind, Some(PublicKind::Overall | PublicKind::FiscalOverall)) || table.half > 1 {
            continue;
        }
        let year = table.rows.iter().position(|r| matches!(r.label.as_str(), "本年收入合计" | "本年支出合计" | "收入合计" | "支出合计"));
        let Some(year) = year else {
            out.lack();
            continue;
        };
        for column in 0..u32::try_from(table.columns.len()).unwrap_or(0) {
            if let Some(f) = year_footing(cx, table, year, column) {
                f.judge(out);
            }
            if let Some(f) = total_footing(table, year, column) {
                f.judge(out);
            }
        }
    }
}

/// 本年合计 = the numbered rows above it. Rows after 其中 are parts of another row.
fn year_footing<'a>(cx: &Context<'_>, table: &'a DataTable, year: usize, column: u32) -> Option<Footing<'a>> {
    let above = &table.rows[..year];
    let numbered = |r: &DataRow| {
        let Some(span) = r.label_span else { return false };
        let before = cx.report.text.get(..span.start as usize).unwrap_or("");
        before.trim_end().ends_with(['、', '.', '．'])
    };
    let only_numbered = above.iter().filter(|r| numbered(r)).count() * 2 > above.len();
    let mine = |r: &&DataRow| !r.label.starts_with("其中") && (!only_numbered || numbered(r));
    if !only_numbered && above.iter().any(|r| r.label.starts_with("其中")) {
        return None;
    }
    footing(table, &table.rows[year], above.iter().filter(mine), column)
}

fn total_footing(table: &DataTable, year: usize, column: u32) -> Option<Footing<'_>> {
    let total = (year + 1..table.rows.len()).find(|&i| matches!(table.rows[i].label.as_str(), "总计" | "收入总计" | "支出总计"))?;
    let between = &table.rows[year + 1..total];
    let known: Vec<&DataRow> = between.iter().filter(|r| BETWEEN.contains(&r.label.as_str())).collect();
    // The funds of the carry-over stand below it; a row that is neither is not understood.
    let funds = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"];
    let strange = |r: &DataRow| !r.label.is_empty() && !BETWEEN.contains(&r.label.as_str()) && !funds.contains(&r.label.as_str()) && !r.cells.is_empty();
    if known.is_empty() || between.iter().any(strange) {
        return None;
    }
    footing(table, &table.rows[total], std::iter::once(&table.rows[year]).chain(known), column)
}

fn footing<'a>(table: &'a DataTable, row: &'a DataRow, parts: impl Iterator<Item = &'a DataRow>, column: u32) -> Option<Footing<'a>> {
    let stated = row.cell(column)?;
    let parts: Vec<_> = parts.filter_map(|r| r.cell(column)).collect();
    let name = &table.columns.get(column as usize)?.name;
    let what = if table.columns.len() > 1 { format!("{}·{name}", row.label) } else { row.label.clone() };
    (!parts.is_empty()).then_some(Footing { table, what, stated, parts })
}

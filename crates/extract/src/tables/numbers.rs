//! The numbers of a data table as facts.

use std::sync::LazyLock;

use keqiao_facts::{Aspect, DataColumn, DataRow, DataTable, Fact, FactId, Place, Report, Section, Value};
use keqiao_quantity::{Printed, Unit, scan};
use keqiao_source::Span;
use regex::Regex;

use super::quantities::{Quantity, quantities};
use crate::Collector;

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(20\d\d)年").expect("a constant pattern"));

/// Says every number of a table.
pub(super) fn collect(table: &DataTable, report: &Report, facts: &mut Collector) {
    let section = innermost(&report.sections, table.span);
    let year = year_in(&table.name).or(report.identity.fiscal_year);
    for row in &table.rows {
        for cell in &row.cells {
            let Some(column) = table.columns.get(cell.column as usize) else { continue };
            let unit = if cell.percent { Unit::percent() } else { unit(table, column) };
            let base = Fact {
                id: FactId(0),
                measure: None,
                label: label(table, row, column),
                aspect: aspect(&column.name, &row.label),
                scope: row.code.as_ref().map(|c| c.0.clone()).unwrap_or_default(),
                year: year_of(&column.name, &row.label, year),
                label_year: None,
                base_year: None,
                value: value(cell.value, unit),
                direction: None,
                span: cell.span,
                clause: cell.span,
                place: Place::Table,
                section,
                paragraph: None,
            };
            let known = if cell.percent { Vec::new() } else { quantities(table, row, column) };
            if known.is_empty() {
                facts.push(base);
                continue;
            }
            for Quantity { measure, scope } in known {
                facts.push(Fact { measure: Some(measure), scope, ..base.clone() });
            }
        }
        collect_words(row, section, year, facts);
    }
}

/// Numbers with their own unit inside words: 22讲, 预算12万元.
fn collect_words(row: &DataRow, section: Option<u32>, year: Option<u16>, facts: &mut Collector) {
    for note in row.notes.iter().filter(|n| n.text.chars().count() <= 200) {
        for n in scan(&note.text) {
            // The note's blanks are gone, so only a note printed without blanks gives exact places.
            let exact = note.span.len() == note.text.len();
            let span = if exact {
                Span::new(note.span.start as usize + n.range.start, note.span.start as usize + n.range.end)
            } else {
                note.span
            };
            facts.push(Fact {
                id: FactId(0),
                measure: None,
                label: row.label.clone(),
                aspect: Aspect::Actual,
                scope: String::new(),
                year,
                label_year: None,
                base_year: None,
                value: Value::from(&n),
                direction: None,
                span,
                clause: note.span,
                place: Place::Table,
                section,
                paragraph: None,
            });
        }
    }
}

fn label(table: &DataTable, row: &DataRow, column: &DataColumn) -> String {
    match (row.label.is_empty(), table.columns.len() == 1 || column.name.is_empty()) {
        (true, _) => column.name.clone(),
        (false, true) => row.label.clone(),
        (false, false) => format!("{}·{}", row.label, column.name),
    }
}

fn unit(table: &DataTable, column: &DataColumn) -> Unit {
    column.unit.clone().or_else(|| table.unit.clone()).unwrap_or_else(|| Unit::count(""))
}

fn value(printed: Printed, unit: Unit) -> Value {
    Value { printed, upper: None, unit, bound: None, approx: false, per: None, spelled: false, ordinal: false }
}

/// Which side of a quantity a column (or a row: 预算数 | 决算数 as rows) shows.
pub(super) fn aspect(column: &str, row: &str) -> Aspect {
    let of = |words: &str| {
        if words.contains("年初预算") || words.contains("初始预算") {
            Some(Aspect::InitialBudget)
        } else if words.contains("预算数")
            || words.contains("调整预算")
            || words.contains("全年预算")
            || words.ends_with("预算")
        {
            Some(Aspect::Budget)
        } else if words.contains("目标") {
            Some(Aspect::Target)
        } else {
            None
        }
    };
    of(column)
        .or_else(|| {
            if matches!(row, "年初预算数" | "预算数" | "全年预算数" | "调整预算数") {
                of(row)
            } else {
                None
            }
        })
        .unwrap_or_default()
}

fn year_in(words: &str) -> Option<u16> {
    YEAR.captures(words).and_then(|c| c[1].parse().ok())
}

fn year_of(column: &str, row: &str, year: Option<u16>) -> Option<u16> {
    let last = |w: &str| {
        ["上年数", "上年决算", "上年度决算", "上年执行", "上年实际"].iter().any(|l| w.contains(l))
            || w == "上年"
            || w == "上年度"
    };
    year_in(column)
        .or_else(|| year_in(row))
        .or_else(|| if last(column) || last(row) { year.and_then(|y| y.checked_sub(1)) } else { year })
}

fn innermost(sections: &[Section], span: Span) -> Option<u32> {
    sections
        .iter()
        .enumerate()
        .filter(|(_, s)| s.extent.contains(span))
        .min_by_key(|(_, s)| s.extent.len())
        .and_then(|(i, _)| u32::try_from(i).ok())
}

//! The rows of one half: code, name, numbers, remarks.

use std::sync::LazyLock;

use keqiao_facts::{CellText, DataCell, DataColumn, DataRow};
use keqiao_quantity::Kind;
use keqiao_source::Span;
use regex::Regex;

use super::grid::{Grid, GridCell};
use super::head::{Head, number};
use super::shape::Half;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、．]|（\d{1,2}）)")
        .expect("a constant pattern")
});

/// All rows of a half that hold anything.
pub(super) fn rows(grid: &Grid, head: &Head, half: &Half, columns: &[DataColumn]) -> Vec<DataRow> {
    (head.body..grid.rows)
        .filter(|&r| !repeats_head(grid, head, r))
        .map(|r| row(grid, r, half, columns))
        .filter(|r| r.code.is_some() || !r.label.is_empty() || !r.cells.is_empty() || !r.notes.is_empty())
        .collect()
}

/// Heads printed again on the next page.
fn repeats_head(grid: &Grid, head: &Head, row: u32) -> bool {
    let here = grid.filled(row);
    !here.is_empty()
        && (head.first..head.body).any(|h| {
            let there = grid.filled(h);
            here.len() == there.len() && here.iter().zip(&there).all(|(a, b)| a.text == b.text)
        })
}

fn row(grid: &Grid, row: u32, half: &Half, columns: &[DataColumn]) -> DataRow {
    let mut data = DataRow { code: None, label: String::new(), label_span: None, cells: Vec::new(), notes: Vec::new() };
    // A remark over the whole width (注：…) belongs to the first half and is no row of either.
    if let [only] = grid.filled(row).as_slice() {
        let wide = only.columns.len() as u32 * 2 > grid.columns && grid.columns > 2;
        if wide && only.text.chars().count() > 6 {
            let first = [&half.codes, &half.labels, &half.numbers].into_iter().flatten().min();
            if first.is_some_and(|c| *c <= only.columns.start + 1) {
                data.notes.push(CellText { text: only.text.clone(), span: only.span });
            }
            return data;
        }
    }
    let mut digits: Vec<&GridCell> = Vec::new();
    let mut seen: Vec<&GridCell> = Vec::new();
    for &column in &half.codes {
        let Some(cell) = fresh(grid, row, column, &mut seen) else { continue };
        if cell.text.bytes().all(|b| b.is_ascii_digit()) {
            digits.push(cell);
        } else {
            name(&mut data, cell);
        }
    }
    data.code = code(&digits);
    for &column in &half.labels {
        let Some(cell) = fresh(grid, row, column, &mut seen) else { continue };
        if let Some(span) = data.label_span.filter(|_| !data.label.is_empty()) {
            data.notes.push(CellText { text: std::mem::take(&mut data.label), span });
        }
        name(&mut data, cell);
    }
    for (at, &column) in half.numbers.iter().enumerate() {
        let Some(cell) = fresh(grid, row, column, &mut seen) else { continue };
        match number(&cell.text) {
            Some((value, signed)) => {
                let percent =
                    signed || columns.get(at).and_then(|c| c.unit.as_ref()).is_some_and(|u| u.kind == Kind::Percent);
                data.cells.push(DataCell {
                    column: u32::try_from(at).unwrap_or(u32::MAX),
                    value,
                    percent,
                    span: cell.span,
                });
            }
            None => data.notes.push(CellText { text: cell.text.clone(), span: cell.span }),
        }
    }
    for &column in &half.notes {
        if let Some(cell) = fresh(grid, row, column, &mut seen) {
            data.notes.push(CellText { text: cell.text.clone(), span: cell.span });
        }
    }
    data
}

/// The cell at a place, when it holds words and was not met further left.
fn fresh<'g>(grid: &'g Grid, row: u32, column: u32, seen: &mut Vec<&'g GridCell>) -> Option<&'g GridCell> {
    let cell = grid.at(row, column).filter(|c| !c.text.is_empty())?;
    if seen.iter().any(|s| std::ptr::eq(*s, cell)) {
        return None;
    }
    seen.push(cell);
    Some(cell)
}

fn name(data: &mut DataRow, cell: &GridCell) {
    let cut = NUMBERED.find(&cell.text).map_or(0, |m| m.end());
    let cut = if cut == cell.text.len() { 0 } else { cut };
    data.label = cell.text[cut..].to_owned();
    data.label_span = Some(cell.part(cut..cell.text.len()));
}

/// 201 · 06 · 01 or 2010601: joined to 3, 5 or 7 digits.
fn code(digits: &[&GridCell]) -> Option<(String, Span)> {
    let (first, last) = (digits.first()?, digits.last()?);
    let whole = digits.iter().rev().find(|c| matches!(c.text.len(), 5 | 7));
    let joined: String = match whole {
        Some(c) => c.text.clone(),
        None => digits.iter().map(|c| c.text.as_str()).collect(),
    };
    let span = whole.map_or_else(|| first.span.to(last.span), |c| c.span);
    matches!(joined.len(), 3 | 5 | 7).then_some((joined, span))
}

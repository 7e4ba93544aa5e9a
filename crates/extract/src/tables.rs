//! Data tables, the public ones among them. Grid, heads, halves, rows and kinds each have their file; nothing is judged
//! here, and what is not understood stays out.

mod grid;
mod head;
mod kind;
mod numbers;
mod quantities;
mod rows;
mod shape;

use keqiao_document::{Block, Document, Table};
use keqiao_facts::{DataTable, Report};
use keqiao_quantity::{Decimal, Unit};
use keqiao_source::{Folded, Span};

use crate::Collector;
use grid::Grid;
use head::Head;

/// Words that only target and scoring forms have; those are read by `forms`.
const FORM_WORDS: [&str; 6] = ["一级指标", "三级指标", "预期指标值", "年度指标值", "实际完成指标值", "绩效指标"];

/// All data tables; their numbers go to `facts` too.
pub(crate) fn tables(document: &Document, report: &Report, facts: &mut Collector) -> Vec<DataTable> {
    let mut all = Vec::new();
    let mut ordinal = 0u32;
    for (at, block) in document.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        let Some(halves) = understand(document, at, table, ordinal) else {
            ordinal += 1;
            continue;
        };
        ordinal += 1;
        for half in halves {
            numbers::collect(&half, report, facts);
            all.push(half);
        }
    }
    all
}

/// One printed table as data, in halves.
fn understand(document: &Document, at: usize, table: &Table, source: u32) -> Option<Vec<DataTable>> {
    let grid = Grid::new(table, &document.text)?;
    if grid.mentions(&FORM_WORDS) {
        return None;
    }
    let head = Head::new(&grid, table.header_rows);
    let around = Around::read(document, at, table);
    let title = head.title.clone().or(around.title);
    let unit = head.unit.clone().or(around.unit).or_else(|| title.as_ref().and_then(|t| head::unit_in(&t.0)));
    let name = title.as_ref().map(|t| t.0.clone()).unwrap_or_default();
    let span = table.span.or_else(|| extent(table))?;
    let mut halves: Vec<DataTable> = shape::halves(&grid, &head)
        .iter()
        .enumerate()
        .map(|(i, half)| {
            let columns = shape::columns(&grid, &head, half);
            DataTable {
                name: name.clone(),
                kind: None,
                half: u8::try_from(i).unwrap_or(u8::MAX),
                rows: rows::rows(&grid, &head, half, &columns),
                columns,
                unit: unit.clone(),
                page: table.pages.map(|p| p.0),
                source,
                span,
            }
        })
        .collect();
    let kind = kind::by_title(&name).or_else(|| kind::by_columns(&halves));
    if kind.is_none() && halves.iter().all(|h| h.rows.iter().all(|r| r.cells.is_empty())) {
        return None;
    }
    let guessed = if kind.is_none() && unit.is_none() { yuan(&halves) } else { None };
    for half in &mut halves {
        half.kind = kind;
        half.unit = half.unit.take().or_else(|| guessed.clone());
    }
    Some(halves)
}

/// Ledgers printed without a unit are in 元: with two decimals, and in the millions, no department counts in 万元.
fn yuan(halves: &[DataTable]) -> Option<Unit> {
    let cells = || halves.iter().flat_map(|h| &h.rows).flat_map(|r| &r.cells).filter(|c| !c.percent);
    let exact = cells().filter(|c| c.value.decimals() == 2).count();
    let large = cells().any(|c| c.value.value() >= Decimal::from(1_000_000));
    (large && exact * 2 > cells().count()).then(|| Unit::money("元"))?
}

fn extent(table: &Table) -> Option<Span> {
    table.cells.iter().map(|c| c.span).reduce(Span::to)
}

/// What stands above a table: its title and the line with the unit.
#[derive(Debug, Default)]
struct Around {
    title: Option<(String, Span)>,
    unit: Option<Unit>,
}

impl Around {
    fn read(document: &Document, at: usize, table: &Table) -> Around {
        let fold = |span: Span| Folded::new(span.of(&document.text), span.start as usize).text().to_owned();
        let mut around = Around {
            title: table.title.map(|s| (fold(s), s)).filter(|t| !t.0.is_empty()),
            unit: table.unit.and_then(|s| head::unit_in(&fold(s))),
        };
        for block in document.blocks[..at].iter().rev().take(5) {
            let Block::Paragraph(p) = block else { break };
            let words = fold(p.span);
            let long = words.chars().count() > 60;
            if !long && words.contains("单位：") {
                around.unit = around.unit.or_else(|| head::unit_in(&words));
            }
            if around.title.is_none() && !long && head::is_title(&words) {
                around.unit = around.unit.or_else(|| head::unit_in(&words));
                around.title = Some((words, p.span));
            } else if long || words.ends_with('。') {
                break;
            }
            if around.title.is_some() && around.unit.is_some() {
                break;
            }
        }
        around
    }
}

#[cfg(test)]
mod tests;

//! Numbers in table cells that no pattern has read: a label to the left, or a head above, names them.

use keqiao_document::{Block, Cell, Document, Table};
use keqiao_facts::{Aspect, Fact, FactId, Place, Report, Value};
use keqiao_quantity::{Bound, Kind, Number, Printed, Unit, scan};
use keqiao_source::Folded;

use crate::Collector;

/// Facts of cells that hold nothing but a number.
pub(crate) fn loose(document: &Document, report: &Report, facts: &mut Collector) {
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        for cell in &table.cells {
            let folded = Folded::new(cell.span.of(&document.text), cell.span.start as usize);
            let Some((value, range)) = number(folded.text(), document, table) else { continue };
            let span = folded.span(range);
            if facts.at(span).is_some() {
                continue;
            }
            let label = label(document, table, cell);
            if label.is_empty() {
                continue;
            }
            facts.push(Fact {
                id: FactId(0),
                measure: None,
                label,
                aspect: Aspect::Actual,
                scope: String::new(),
                year: report.identity.fiscal_year,
                label_year: None,
                base_year: None,
                value,
                direction: None,
                span,
                clause: cell.span,
                place: Place::Table,
                section: None,
                paragraph: None,
            });
        }
    }
}

/// The number that fills a cell, with the table's unit when it is money without one.
fn number(text: &str, document: &Document, table: &Table) -> Option<(Value, std::ops::Range<usize>)> {
    if let Some(printed) = Printed::parse(text) {
        let unit_line = table.unit.map(|u| u.of(&document.text)).unwrap_or("");
        let money =
            (printed.decimals() == 2).then(|| ["万元", "元"].into_iter().find(|u| unit_line.contains(u))).flatten();
        let unit = money.and_then(Unit::money).unwrap_or_else(|| Unit::count(""));
        let value = Value {
            printed,
            upper: None,
            unit,
            bound: None::<Bound>,
            approx: false,
            per: None,
            spelled: false,
            ordinal: false,
        };
        return Some((value, 0..text.len()));
    }
    let numbers: Vec<Number> = scan(text);
    let [one] = numbers.as_slice() else { return None };
    let fills = one.range.start == 0 && one.range.end == text.len()
        || one.kind() == Kind::Percent && text.len() - one.range.len() <= '≥'.len_utf8();
    fills.then(|| (Value::from(one), one.range.clone()))
}

/// The nearest words to the left in the row, else the nearest above in the column; folded.
fn label(document: &Document, table: &Table, cell: &Cell) -> String {
    let words = |c: &Cell| Folded::new(c.span.of(&document.text), c.span.start as usize).text().to_owned();
    let names = |c: &&Cell| {
        let w = words(c);
        !w.is_empty() && Printed::parse(&w).is_none() && w.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    };
    let left = table
        .cells
        .iter()
        .filter(|c| c.row == cell.row && c.column < cell.column)
        .filter(names)
        .max_by_key(|c| c.column);
    let above =
        table.cells.iter().filter(|c| c.column == cell.column && c.row < cell.row).filter(names).max_by_key(|c| c.row);
    left.or(above).map(words).unwrap_or_default()
}

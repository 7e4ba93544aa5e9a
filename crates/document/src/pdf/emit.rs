//! Parts in reading order to a document with one text.

use std::sync::Arc;

use keqiao_source::Span;

use super::captions::{names_table, unit};
use super::flow::Role;
use super::paragraphs::Part;
use super::table::RawTable;
use crate::{Block, Cell, Document, Format, Paragraph, Table, TextBuilder};

/// Builds the document.
pub(super) fn document(name: &str, parts: Vec<Part>, pages: u32) -> Document {
    let mut text = TextBuilder::default();
    let mut blocks = Vec::new();
    let (mut title, mut unit_line) = (None, None);
    for part in parts {
        match part {
            Part::Paragraph { text: words, page, role } => {
                let words = words.trim();
                if words.is_empty() {
                    continue;
                }
                let span = text.push(words);
                text.separate('\n');
                match role {
                    Role::Title => title = Some(span),
                    Role::AboveTable => unit_line = unit_span(words, span).or(unit_line),
                    Role::Text => (title, unit_line) = (None, None),
                }
                blocks.push(Block::Paragraph(Paragraph { span, page: Some(page), heading: None }));
            }
            Part::Table(raw) => {
                let mut table = table(&raw, &mut text);
                let printed = text.text_so_far();
                table.title = title.take().or_else(|| title_inside(&table, printed));
                table.unit = unit_line.take().or_else(|| unit_inside(&table, printed));
                blocks.push(Block::Table(table));
            }
        }
    }
    let text: Arc<str> = text.finish();
    Document { name: name.into(), format: Format::Pdf, text, blocks, pages: Some(pages) }
}

fn unit_span(words: &str, span: Span) -> Option<Span> {
    let start = span.start as usize;
    unit(words).map(|r| Span::new(start + r.start, start + r.end))
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Cells by tabs, rows by line breaks.
fn table(raw: &RawTable, text: &mut TextBuilder) -> Table {
    let mut cells = Vec::with_capacity(raw.cells.len());
    let mut sorted: Vec<&super::table::RawCell> = raw.cells.iter().collect();
    sorted.sort_by_key(|c| (c.place.row, c.place.column));
    for (n, cell) in sorted.iter().enumerate() {
        let span = text.push(cell.text.trim());
        let place = cell.place;
        let last = sorted.get(n + 1).is_none_or(|next| next.place.row != place.row);
        text.separate(if last { '\n' } else { '\t' });
        cells.push(Cell {
            row: number(place.row),
            column: number(place.column),
            row_span: number(place.rows),
            column_span: number(place.columns),
            span,
            page: Some(cell.page),
        });
    }
    let span = cells.first().zip(cells.last()).map(|(a, b)| a.span.to(b.span));
    Table {
        title: None,
        unit: None,
        header_rows: number(raw.header_rows),
        rows: number(raw.rows),
        columns: number(raw.columns()),
        cells,
        pages: Some(raw.pages),
        span,
    }
}

fn title_inside(table: &Table, text: &str) -> Option<Span> {
    let first = table.row(0).find(|c| !c.span.is_empty())?;
    (first.column_span == table.columns && names_table(first.span.of(text))).then_some(first.span)
}

fn unit_inside(table: &Table, text: &str) -> Option<Span> {
    let heads = table.cells.iter().filter(|c| c.row < table.header_rows.max(1));
    heads.filter(|c| c.span.len() < 120).find_map(|c| unit_span(c.span.of(text), c.span))
}

//! The report laid out: headings, paragraphs, tables with their merged cells, charts, page by page.

use std::collections::HashMap;

use keqiao_document::{Block, Chart, Table};
use keqiao_facts::Role;
use keqiao_source::Span;

use crate::checked::Content;
use crate::render::html::marks::{Marks, Segment};

/// A block of the page.
#[derive(Debug)]
pub(crate) struct BlockView {
    /// The page that begins with this block.
    pub(crate) new_page: Option<u32>,
    /// What it is.
    pub(crate) body: Body,
}

/// What a block shows.
#[derive(Debug)]
pub(crate) enum Body {
    /// A heading or a paragraph.
    Words {
        /// HTML tag.
        tag: &'static str,
        /// Class, may be empty.
        class: &'static str,
        /// The words.
        words: Vec<Segment>,
    },
    /// A table.
    Table {
        /// Its rows.
        rows: Vec<Vec<CellView>>,
    },
    /// A chart's data.
    Chart {
        /// Caption.
        caption: Vec<Segment>,
        /// Name or category, and value.
        rows: Vec<Vec<Vec<Segment>>>,
    },
}

/// A cell.
#[derive(Debug)]
pub(crate) struct CellView {
    /// `th` or `td`.
    pub(crate) tag: &'static str,
    /// Columns covered.
    pub(crate) columns: u32,
    /// Rows covered.
    pub(crate) rows: u32,
    /// `number`, which stands to the right; `long` words, which a narrow screen must not squeeze; or nothing.
    pub(crate) class: &'static str,
    /// The words.
    pub(crate) words: Vec<Segment>,
}

/// Lays out a document.
pub(crate) fn blocks(content: &Content, marks: &mut Marks) -> Vec<BlockView> {
    let text: &str = &content.document.text;
    let roles = roles(content);
    let mut page = None;
    let mut views = Vec::new();
    for block in &content.document.blocks {
        let (at, body) = match block {
            Block::Paragraph(p) => {
                let (tag, class) = match (roles.get(&p.span.start), p.heading) {
                    (Some(known), _) => *known,
                    (None, Some(level)) => (heading(level), ""),
                    (None, None) => ("p", ""),
                };
                (p.page, Body::Words { tag, class, words: marks.segments(text, p.span) })
            }
            Block::Table(t) => (t.pages.map(|p| p.0), Body::Table { rows: rows(text, t, marks) }),
            Block::Chart(c) => (c.page, chart(text, c, marks)),
        };
        let new_page = at.filter(|_| at != page);
        page = at.or(page);
        views.push(BlockView { new_page, body });
    }
    views
}

/// Tag and class of paragraphs by where they begin, as far as `extract` understood them.
fn roles(content: &Content) -> HashMap<u32, (&'static str, &'static str)> {
    let report = &content.report;
    let levels: HashMap<u32, u8> = report.sections.iter().map(|s| (s.paragraph, s.level)).collect();
    let role = |(n, p): (usize, &keqiao_facts::Paragraph)| {
        let shown = match p.role {
            Role::Body => ("p", ""),
            Role::Heading => (heading(u32::try_from(n).ok().and_then(|n| levels.get(&n)).copied().unwrap_or(4)), ""),
            Role::Contents => ("p", "contents"),
            Role::Caption => ("p", "caption"),
            Role::Note => ("p", "note"),
        };
        (p.span.start, shown)
    };
    report.paragraphs.iter().enumerate().map(role).collect()
}

/// Levels one and two of the page are its title and the document's.
fn heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "h3",
        2 => "h4",
        3 => "h5",
        _ => "h6",
    }
}

fn rows(text: &str, table: &Table, marks: &mut Marks) -> Vec<Vec<CellView>> {
    let mut rows: Vec<Vec<CellView>> = Vec::new();
    for cell in &table.cells {
        let at = cell.row as usize;
        // A damaged file may claim any row; cells come row by row, so a gap is at most one row for each cell.
        while rows.len() <= at && rows.len() <= table.cells.len() {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.get_mut(at) {
            row.push(CellView {
                tag: if cell.row < table.header_rows { "th" } else { "td" },
                columns: cell.column_span.clamp(1, 1000),
                rows: cell.row_span.clamp(1, 65_534),
                class: class(cell.span.of(text)),
                words: marks.segments(text, cell.span),
            });
        }
    }
    rows
}

fn class(words: &str) -> &'static str {
    let words = words.trim();
    match words.chars().nth(6) {
        _ if is_number(words) => "number",
        Some(_) => "long",
        None => "",
    }
}

fn is_number(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | '%'))
}

fn chart(text: &str, chart: &Chart, marks: &mut Marks) -> Body {
    let mut words = |span: Option<Span>| span.map_or_else(Vec::new, |s| marks.segments(text, s));
    let caption = words(chart.caption);
    let mut rows = Vec::new();
    for series in &chart.series {
        if series.name.is_some() {
            rows.push(vec![words(series.name)]);
        }
        for (category, value) in &series.points {
            rows.push(vec![words(*category), words(Some(*value))]);
        }
    }
    Body::Chart { caption, rows }
}

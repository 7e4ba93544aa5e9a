//! The neutral document: one printed text, and blocks whose spans lie in it.

use std::sync::Arc;

use keqiao_source::{Locator, Span};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// Word 2007 and later.
    Docx,
    /// Word 97–2003.
    Doc,
    /// Excel, any version.
    Excel,
    /// PDF.
    Pdf,
}

/// A document as read.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name, for messages.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// The printed text: every span of this document points into it. For text formats it is the file itself, decoded.
    pub text: Arc<str>,
    /// What stands in it, in reading order.
    pub blocks: Vec<Block>,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
}

/// One block.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph, heading, caption or line of a list.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A chart's data.
    Chart(Chart),
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its words.
    pub span: Span,
    /// Its page, from one.
    pub page: Option<u32>,
    /// The heading level that the format itself gives (1 = highest); what only looks like a heading is for `extract`.
    pub heading: Option<u8>,
}

/// A table. Cells are in reading order, row by row; a cell that spans is listed once, at its upper left corner.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Title printed above or in the table's own first row, when the reader knows it.
    pub title: Option<Span>,
    /// The unit line (单位：万元), when the reader knows it.
    pub unit: Option<Span>,
    /// Rows at the top that are column heads (repeated heads on later pages are dropped).
    pub header_rows: u32,
    /// Number of grid rows.
    pub rows: u32,
    /// Number of grid columns.
    pub columns: u32,
    /// The cells.
    pub cells: Vec<Cell>,
    /// First and last page.
    pub pages: Option<(u32, u32)>,
    /// The stretch of text from the first to the last cell.
    pub span: Option<Span>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Grid row, from zero.
    pub row: u32,
    /// Grid column, from zero.
    pub column: u32,
    /// Grid rows covered, at least one.
    pub row_span: u32,
    /// Grid columns covered, at least one.
    pub column_span: u32,
    /// Its words; empty (but in place) for an empty cell.
    pub span: Span,
    /// Page, where known.
    pub page: Option<u32>,
}

/// The data inside a chart, or what a text export prints of it.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// Caption or title.
    pub caption: Option<Span>,
    /// Series in order.
    pub series: Vec<Series>,
    /// The stretch of text of the whole chart.
    pub span: Option<Span>,
    /// Page, where known.
    pub page: Option<u32>,
}

/// One series of a chart: a name, and a value for each category.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Name of the series.
    pub name: Option<Span>,
    /// Category and value, each with its place in the text.
    pub points: Vec<(Option<Span>, Span)>,
}

impl Table {
    /// The cell that covers a grid place.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.iter().find(|c| {
            (c.row..c.row + c.row_span).contains(&row) && (c.column..c.column + c.column_span).contains(&column)
        })
    }

    /// The cells that begin in a row, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |c| c.row == row)
    }
}

impl Document {
    /// Where a span stands, for people: its page, paragraph, or table cell.
    pub fn locate(&self, span: Span) -> Locator {
        let (mut paragraph, mut table) = (0, 0);
        for block in &self.blocks {
            match block {
                Block::Paragraph(p) => {
                    paragraph += 1;
                    if p.span.end > span.start {
                        let inside = p.span.start <= span.start;
                        return Locator { page: p.page, paragraph: inside.then_some(paragraph), ..Locator::default() };
                    }
                }
                Block::Table(t) => {
                    table += 1;
                    if t.span.is_some_and(|s| s.start <= span.start && span.start < s.end.max(s.start + 1)) {
                        let cell = t.cells.iter().filter(|c| c.span.start <= span.start).max_by_key(|c| c.span.start);
                        return Locator {
                            page: cell.and_then(|c| c.page).or(t.pages.map(|p| p.0)),
                            table: Some(table),
                            row: cell.map(|c| c.row + 1),
                            column: cell.map(|c| c.column + 1),
                            ..Locator::default()
                        };
                    }
                }
                Block::Chart(c) => {
                    if c.span.is_some_and(|s| s.start <= span.start && span.start < s.end) {
                        return Locator { page: c.page, ..Locator::default() };
                    }
                }
            }
        }
        Locator::default()
    }
}

/// Builds the printed text of a document whose source is not text: paragraphs and cells are appended, spans come back.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
}

impl TextBuilder {
    /// Appends words and says where they stand.
    pub fn push(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Appends what separates (a line break between paragraphs, a tab between cells).
    pub fn separate(&mut self, by: char) {
        self.text.push(by);
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was appended.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub(crate) fn text_so_far(&self) -> &str {
        &self.text
    }

    /// The text.
    pub fn finish(self) -> Arc<str> {
        self.text.into()
    }
}

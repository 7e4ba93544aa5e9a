//! Prints a flow into the one text of a document and lays blocks over it.

use keqiao_source::Span;

use crate::flow::{ChartData, Grid, GridCell, Piece};
use crate::heads::header_rows;
use crate::{Block, Cell, Chart, Document, Format, Paragraph, Series, Table, TextBuilder};

pub(crate) fn print(name: &str, format: Format, pieces: Vec<Piece>) -> Document {
    let mut printer = Printer::default();
    printer.pieces(pieces);
    let Printer { text, blocks } = printer;
    Document { name: name.into(), format, text: text.finish(), blocks, pages: None }
}

#[derive(Default)]
struct Printer {
    text: TextBuilder,
    blocks: Vec<Block>,
}

impl Printer {
    fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            match piece {
                Piece::Words { words, heading, page } => {
                    for line in words.lines() {
                        self.paragraph(line, heading, page);
                    }
                }
                Piece::Grid(grid) => self.grid(grid),
                Piece::Chart(chart) => self.chart(chart),
            }
        }
    }

    fn paragraph(&mut self, line: &str, heading: Option<u8>, page: Option<u32>) -> Option<Span> {
        let words = line.trim();
        if words.is_empty() {
            return None;
        }
        let span = self.text.push(words);
        self.text.separate('\n');
        self.blocks.push(Block::Paragraph(Paragraph { span, page, heading }));
        Some(span)
    }

    fn grid(&mut self, mut grid: Grid) {
        if is_layout(&grid) {
            let pieces = grid.rows.into_iter().flatten().flat_map(|c| c.pieces).collect();
            return self.pieces(pieces);
        }
        let page = grid.rows.iter().flatten().find_map(|c| c.page);
        let mut title = grid.caption.take().and_then(|c| self.paragraph(&c.replace('\n', " "), None, page));
        let mut unit = None;
        for words in front_matter(&mut grid) {
            let is_unit = names_unit(&words);
            let span = self.paragraph(&words, None, page);
            if is_unit {
                unit = unit.or(span);
            } else {
                title = title.or(span);
            }
        }
        let notes = closing_notes(&mut grid);
        let deferred = self.table(grid, title, unit);
        for words in notes {
            self.paragraph(&words, None, page);
        }
        self.pieces(deferred);
    }

    /// Prints the cells and returns what stands in them besides words: tables within tables, charts.
    fn table(&mut self, grid: Grid, title: Option<Span>, unit: Option<Span>) -> Vec<Piece> {
        let mut table = Table { title, unit, columns: grid.columns(), ..Table::default() };
        table.rows = u32::try_from(grid.rows.len()).unwrap_or(u32::MAX);
        let mut deferred = Vec::new();
        let start = self.text.len();
        let mut end = start;
        for (row, cells) in (0u32..).zip(grid.rows) {
            for (at, cell) in cells.into_iter().enumerate() {
                if at > 0 {
                    self.text.separate('\t');
                }
                let (words, inner) = cell_words(cell.pieces);
                deferred.extend(inner);
                let span = self.text.push(&words);
                end = self.text.len();
                table.cells.push(Cell {
                    row,
                    column: cell.column.unwrap_or(0),
                    row_span: cell.row_span.max(1),
                    column_span: cell.column_span.max(1),
                    span,
                    page: cell.page,
                });
            }
            self.text.separate('\n');
        }
        if !table.cells.is_empty() {
            table.span = Some(Span::new(start, end));
            let pages = || table.cells.iter().filter_map(|c| c.page);
            table.pages = pages().min().zip(pages().max());
            table.header_rows = header_rows(&table, self.text.text_so_far());
            self.blocks.push(Block::Table(table));
        }
        deferred
    }

    /// Title, one line of categories, one line for each series.
    fn chart(&mut self, data: ChartData) {
        let start = self.text.len();
        let mut end = start;
        let mut chart = Chart { page: data.page, ..Chart::default() };
        if let Some(title) = data.title.filter(|t| !t.trim().is_empty()) {
            chart.caption = Some(self.text.push(&title.replace('\n', " ")));
            end = self.text.len();
            self.text.separate('\n');
        }
        let mut categories: Vec<Option<String>> = Vec::new();
        let mut spans: Vec<Option<Span>> = Vec::new();
        for series in data.series {
            let own: Vec<Option<String>> = series.points.iter().map(|p| p.0.clone()).collect();
            if own != categories {
                spans = own.iter().map(|c| c.as_ref().map(|c| self.after_tab(c))).collect();
                self.text.separate('\n');
                categories = own;
            }
            let name = series.name.filter(|n| !n.is_empty()).map(|n| self.text.push(&n));
            let points = series
                .points
                .iter()
                .zip(&spans)
                .map(|((_, value), category)| (*category, self.after_tab(value)))
                .collect();
            end = self.text.len();
            self.text.separate('\n');
            chart.series.push(Series { name, points });
        }
        if end > start {
            chart.span = Some(Span::new(start, end));
            self.blocks.push(Block::Chart(chart));
        }
    }

    fn after_tab(&mut self, words: &str) -> Span {
        self.text.separate('\t');
        self.text.push(words)
    }
}

/// A frame around prose, or a table that only places other tables.
fn is_layout(grid: &Grid) -> bool {
    let nests = || grid.rows.iter().flatten().any(|c| c.pieces.iter().any(|p| matches!(p, Piece::Grid(_))));
    let single = grid.columns() <= 1;
    (single && (grid.rows.len() == 1 || nests())) || (grid.nested_is_layout && nests())
}

fn cell_words(pieces: Vec<Piece>) -> (String, Vec<Piece>) {
    let (mut all, mut inner) = (String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Words { words, .. } => {
                for line in words.lines().map(str::trim).filter(|l| !l.is_empty()) {
                    if !all.is_empty() {
                        all.push('\n');
                    }
                    all.push_str(&line.replace('\t', " "));
                }
            }
            other => inner.push(other),
        }
    }
    (all, inner)
}

/// Title lines or notes of one table.
const LINES_MAX: usize = 12;

/// Takes the rows above the column heads: a title over the full width, the line with the unit.
fn front_matter(grid: &mut Grid) -> Vec<String> {
    let mut front = Vec::new();
    let columns = grid.columns();
    while columns > 1 && grid.rows.len() > 1 && front.len() < LINES_MAX {
        let Some(cells) = grid.rows.first() else { break };
        if cells.iter().any(|c| c.row_span > 1 || c.pieces.iter().any(|p| !matches!(p, Piece::Words { .. }))) {
            break;
        }
        let words = filled(cells);
        let wide = cells.iter().any(|c| c.column_span >= columns);
        let unit = words.iter().any(|w| names_unit(w));
        let title = wide && words.len() <= 1;
        let first_lines = title || (unit && words.len() <= 4);
        if !first_lines {
            break;
        }
        front.extend(words.into_iter().map(|w| w.replace('\n', " ")));
        grid.rows.remove(0);
    }
    front
}

/// Takes the notes below the last row.
fn closing_notes(grid: &mut Grid) -> Vec<String> {
    let mut notes = Vec::new();
    let columns = grid.columns();
    while columns > 1 && grid.rows.len() > 1 && notes.len() < LINES_MAX {
        let Some(cells) = grid.rows.last() else { break };
        let words = filled(cells);
        let note = words.len() == 1
            && cells.iter().all(|c| c.row_span <= 1)
            && cells.iter().all(|c| c.pieces.iter().all(|p| matches!(p, Piece::Words { .. })))
            && ["注：", "注:", "备注：", "备注:", "说明：", "说明:"].iter().any(|n| words[0].starts_with(n));
        if !note {
            break;
        }
        notes.splice(0..0, words[0].lines().map(str::to_owned));
        grid.rows.pop();
    }
    notes
}

/// The words of the cells that hold any.
fn filled(cells: &[GridCell]) -> Vec<String> {
    let words = cells.iter().map(|c| {
        let lines = c.pieces.iter().filter_map(|p| match p {
            Piece::Words { words, .. } => Some(words.trim()),
            _ => None,
        });
        lines.filter(|w| !w.is_empty()).collect::<Vec<_>>().join("\n")
    });
    words.filter(|w| !w.is_empty()).collect()
}

/// Whether words name the unit of money of a table: 单位：万元, 金额单位：元.
fn names_unit(words: &str) -> bool {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((_, rest)) = words.split_once("单位").filter(|(before, _)| before.chars().count() <= 20) else {
        return false;
    };
    let rest = rest.trim_start_matches([':', '：', '（', '(', '人', '民', '币']);
    ["元", "万元", "亿元", "千元"].iter().any(|u| rest.strip_prefix(u).is_some_and(|r| r.chars().count() <= 1))
}

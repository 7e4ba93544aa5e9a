//! The cells of a table by row and column, folded, with merged cells filled in.

use keqiao_document::{Cell, Table};
use keqiao_source::{Folded, Span};

/// Grids beyond this are not understood as tables of a report.
const PLACES_MAX: u64 = 4_000_000;

/// One cell, folded.
#[derive(Debug)]
pub(super) struct GridCell {
    /// Folded words.
    pub text: String,
    /// The words without the blanks around them.
    pub span: Span,
    /// Grid columns covered.
    pub columns: std::ops::Range<u32>,
    folded: Folded,
}

impl GridCell {
    fn new(cell: &Cell, text: &str) -> Self {
        let folded = Folded::new(cell.span.of(text), cell.span.start as usize);
        let span = if folded.text().is_empty() { cell.span } else { folded.span(0..folded.text().len()) };
        let end = cell.column.saturating_add(cell.column_span.max(1));
        GridCell { text: folded.text().to_owned(), span, columns: cell.column..end, folded }
    }

    /// Where a part of the folded words stands.
    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Span {
        self.folded.span(range)
    }
}

/// All cells of a table.
#[derive(Debug)]
pub(super) struct Grid {
    pub rows: u32,
    pub columns: u32,
    cells: Vec<GridCell>,
    places: Vec<Option<u32>>,
}

impl Grid {
    /// Lays the cells out; `None` for grids that cannot be a table of a report.
    pub(super) fn new(table: &Table, text: &str) -> Option<Grid> {
        let (rows, columns) = (table.rows, table.columns);
        let places = u64::from(rows) * u64::from(columns);
        if places == 0 || places > PLACES_MAX {
            return None;
        }
        let mut grid = Grid { rows, columns, cells: Vec::new(), places: vec![None; usize::try_from(places).ok()?] };
        for cell in &table.cells {
            let id = u32::try_from(grid.cells.len()).ok()?;
            grid.cells.push(GridCell::new(cell, text));
            for row in cell.row..cell.row.saturating_add(cell.row_span.max(1)).min(rows) {
                for column in cell.column..cell.column.saturating_add(cell.column_span.max(1)).min(columns) {
                    let at = grid.index(row, column);
                    grid.places[at].get_or_insert(id);
                }
            }
        }
        Some(grid)
    }

    fn index(&self, row: u32, column: u32) -> usize {
        row as usize * self.columns as usize + column as usize
    }

    /// The cell that covers a place.
    pub(super) fn at(&self, row: u32, column: u32) -> Option<&GridCell> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        self.places[self.index(row, column)].map(|id| &self.cells[id as usize])
    }

    /// The cells of a row that hold words, each once.
    pub(super) fn filled(&self, row: u32) -> Vec<&GridCell> {
        let mut found: Vec<&GridCell> = Vec::new();
        for column in 0..self.columns {
            let Some(cell) = self.at(row, column).filter(|c| !c.text.is_empty()) else { continue };
            if !found.last().is_some_and(|l| std::ptr::eq(*l, cell)) {
                found.push(cell);
            }
        }
        found
    }

    /// Whether any cell of the table holds one of the words.
    pub(super) fn mentions(&self, words: &[&str]) -> bool {
        self.cells.iter().any(|c| words.iter().any(|w| c.text.contains(w)))
    }
}

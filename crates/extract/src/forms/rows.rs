//! A document's table as rows of folded cells, each knowing its grid column.

use keqiao_document::Table;
use keqiao_facts::CellText;
use keqiao_source::{Folded, Span};

/// Largest grid that is looked at; target forms are small.
const PLACES_MAX: usize = 200_000;

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct FormCell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A row: the cells that begin in it, and what stands in each grid column (cells from above included).
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<FormCell>,
    /// For each grid column: index into `cells`, or the cell of an earlier row that reaches down.
    places: Vec<Option<FormCell>>,
    /// For each of `cells`: its grid column.
    pub(super) starts: Vec<usize>,
}

impl Row {
    /// Cells with words.
    pub(super) fn filled(&self) -> impl Iterator<Item = &FormCell> {
        self.cells.iter().filter(|c| !c.text.is_empty())
    }

    /// What stands in a column; `None` when nothing or no words do.
    pub(super) fn at(&self, column: usize) -> Option<&FormCell> {
        self.places.get(column)?.as_ref().filter(|c| !c.text.is_empty())
    }
}

impl FormCell {
    /// As the facts know cells.
    pub(super) fn cell(&self) -> CellText {
        CellText { text: self.text.clone(), span: self.span }
    }
}

/// The rows of a table; `None` for a grid too large to be a form.
pub(super) fn rows(text: &str, table: &Table) -> Option<Vec<Row>> {
    let (height, width) = (table.rows as usize, table.columns as usize);
    if height.checked_mul(width).is_none_or(|n| n > PLACES_MAX) {
        return None;
    }
    let mut rows = vec![Row { places: vec![None; width], ..Row::default() }; height];
    for cell in &table.cells {
        let folded = Folded::new(cell.span.of(text), 0).text().to_owned();
        let form_cell = FormCell { text: folded, span: cell.span };
        let (top, left) = (cell.row as usize, cell.column as usize);
        for row in rows.iter_mut().skip(top).take(cell.row_span as usize) {
            for place in row.places.iter_mut().skip(left).take(cell.column_span as usize) {
                *place = Some(form_cell.clone());
            }
        }
        if let Some(row) = rows.get_mut(top) {
            row.cells.push(form_cell);
            row.starts.push(left);
        }
    }
    Some(rows)
}

//! The printed rows of a document's tables.

use keqiao_document::{Document, Table};

/// The rows as printed: one text for each cell in reading order, white space folded.
pub(crate) fn printed_rows(document: &Document, table: &Table) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); usize::try_from(table.rows).unwrap_or(0)];
    for cell in &table.cells {
        if let Some(row) = rows.get_mut(cell.row as usize) {
            row.push(cell.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    rows
}

/// The name of a table, empty when it has none.
pub(crate) fn table_name(document: &Document, table: &Table) -> String {
    table.title.map_or(String::new(), |t| t.of(&document.text).split_whitespace().collect())
}

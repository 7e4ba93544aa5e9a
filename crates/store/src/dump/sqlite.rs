//! The SQL of taking rows out of SQLite and in again. Bytes travel as hexadecimal digits; SQLite does not tell ids from bytes.

use super::catalog::{Column, ColumnType, Table};

/// Rows after `last`, as JSON and row number.
pub(super) fn select(table: &Table, last: i64, rows: u64) -> String {
    let pairs = table.columns.iter().map(|Column { name, kind, .. }| match kind {
        ColumnType::Plain(_) => format!("'{name}', \"{name}\""),
        // hex(NULL) is an empty text, which is not NULL.
        _ => format!("'{name}', iif(\"{name}\" IS NULL, NULL, lower(hex(\"{name}\")))"),
    });
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    format!(
        "SELECT json_object({pairs}), rowid FROM \"{}\" WHERE rowid > {last} ORDER BY rowid LIMIT {rows}",
        table.name
    )
}

/// Rows out of one array of JSON, `$1`.
pub(super) fn insert(table: &str, columns: &[&Column]) -> String {
    let names = columns.iter().map(|c| format!("\"{}\"", c.name)).collect::<Vec<_>>().join(", ");
    let values = columns.iter().map(|Column { name, kind, .. }| match kind {
        ColumnType::Plain(_) => format!("json_extract(value, '$.{name}')"),
        _ => format!("unhex(json_extract(value, '$.{name}'))"),
    });
    format!("INSERT INTO \"{table}\" ({names}) SELECT {} FROM json_each($1)", values.collect::<Vec<_>>().join(", "))
}

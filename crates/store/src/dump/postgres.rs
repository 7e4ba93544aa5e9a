//! The SQL of taking rows out of PostgreSQL and in again, in the same form as SQLite's.

use super::catalog::{Column, ColumnType, Table};

const CURSOR: &str = "keqiao_dump";

/// Opens a cursor over a table; it reads in the order of storage, which is near enough the order of writing.
pub(super) fn declare(table: &Table) -> String {
    let pairs = table.columns.iter().map(|Column { name, kind, .. }| match kind {
        ColumnType::Uuid => format!("'{name}', replace(\"{name}\"::text, '-', '')"),
        ColumnType::Bytes => format!("'{name}', encode(\"{name}\", 'hex')"),
        ColumnType::Plain(_) => format!("'{name}', \"{name}\""),
    });
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    format!("DECLARE {CURSOR} NO SCROLL CURSOR FOR SELECT json_build_object({pairs})::text FROM \"{}\"", table.name)
}

/// The next rows.
pub(super) fn fetch(rows: u64) -> String {
    format!("FETCH {rows} FROM {CURSOR}")
}

/// Closes the cursor.
pub(super) fn close() -> String {
    format!("CLOSE {CURSOR}")
}

/// Rows out of one array of JSON, `$1`.
pub(super) fn insert(table: &str, columns: &[&Column]) -> String {
    let names = columns.iter().map(|c| format!("\"{}\"", c.name)).collect::<Vec<_>>().join(", ");
    let values = columns.iter().map(|Column { name, kind, .. }| match kind {
        ColumnType::Uuid => format!("(v->>'{name}')::uuid"),
        ColumnType::Bytes => format!("decode(v->>'{name}', 'hex')"),
        ColumnType::Plain(kind) => format!("(v->>'{name}')::{kind}"),
    });
    let values = values.collect::<Vec<_>>().join(", ");
    format!(
        "INSERT INTO \"{table}\" ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM json_array_elements($1::json) v"
    )
}

/// Sets the counter of a numbered column behind its last row.
pub(super) fn count_on(table: &str, column: &str) -> String {
    format!(
        "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), coalesce(max(\"{column}\"), 0) + 1, false) FROM \"{table}\""
    )
}

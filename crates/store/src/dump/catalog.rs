//! What tables and columns there are, asked of the database itself.

use sea_orm::{ConnectionTrait, DbErr, Statement};

use crate::db::Backend;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, without those that the database computes.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnType,
    /// Whether the database numbers its rows.
    pub counted: bool,
}

/// What a column holds, as far as taking it out and in has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// An id: 16 bytes.
    Uuid,
    /// Bytes.
    Bytes,
    /// Anything that JSON holds as it is; with the name of its type.
    Plain(String),
}

/// Tables in the order in which they were made: each after those that it refers to. Search indexes are left out.
pub(super) async fn tables(db: &impl ConnectionTrait, backend: Backend) -> Result<Vec<Table>, DbErr> {
    let (names, columns) = match backend {
        Backend::Sqlite => (SQLITE_TABLES, SQLITE_COLUMNS),
        Backend::Postgres => (POSTGRES_TABLES, POSTGRES_COLUMNS),
    };
    let mut tables = Vec::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), names)).await? {
        tables.push(Table { name: row.try_get_by_index(0)?, columns: Vec::new() });
    }
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), columns)).await? {
        let table: String = row.try_get_by_index(0)?;
        let declared: String = row.try_get_by_index(2)?;
        let kind = match declared.to_ascii_lowercase().as_str() {
            "uuid" => ColumnType::Uuid,
            "blob" | "bytea" => ColumnType::Bytes,
            other => ColumnType::Plain(other.to_owned()),
        };
        if let Some(table) = tables.iter_mut().find(|t| t.name == table) {
            table.columns.push(Column {
                name: row.try_get_by_index(1)?,
                kind,
                counted: row.try_get_by_index::<i32>(3)? != 0,
            });
        }
    }
    Ok(tables)
}

const SQLITE_TABLES: &str = "
    SELECT m.name FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
    WHERE m.type = 'table' AND l.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name <> '_sqlx_migrations'
    ORDER BY m.rowid";

const SQLITE_COLUMNS: &str = "
    SELECT m.name, c.name, c.type, 0 FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
    WHERE m.type = 'table' AND c.hidden = 0 ORDER BY m.rowid, c.cid";

const POSTGRES_TABLES: &str = "
    SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> '_sqlx_migrations'
    AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid = 'tsvector'::regtype AND a.attnum > 0)
    ORDER BY c.oid";

const POSTGRES_COLUMNS: &str = "
    SELECT c.relname::text, a.attname::text, format_type(a.atttypid, NULL),
        CASE WHEN pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NULL THEN 0 ELSE 1 END
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.oid, a.attnum";

//! Every row of every table, in one consistent view, as lines of JSON that either database can take in again: what backups are made
//! of. It knows no entity, so no table can be forgotten. Search indexes are not in it: they are made anew from the entries.

mod catalog;

mod postgres;
mod sqlite;

use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, DbErr, IsolationLevel, Statement, TransactionTrait};

use crate::db::{Backend, Db, Tx};

pub use catalog::{Column, ColumnType, Table};

/// Rows in one step of reading or writing.
const ROWS: u64 = 500;

/// Tables in which the migrations themselves write rows.
const SEEDED: [&str; 2] = ["log_end", "evidence_end"];

/// A consistent view of the whole database.
#[derive(Debug)]
pub struct Snapshot {
    tx: DatabaseTransaction,
    backend: Backend,
    tables: Vec<Table>,
}

impl Snapshot {
    /// Begins to read. What is written from now on is not seen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(db: &Db) -> Result<Snapshot, DbErr> {
        let backend = db.backend();
        let tx = match backend {
            Backend::Sqlite => db.read().begin().await?,
            Backend::Postgres => {
                db.read().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?
            }
        };
        let tables = catalog::tables(&tx, backend).await?;
        Ok(Snapshot { tx, backend, tables })
    }

    /// The tables, each after those that it refers to.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Calls `line` with every row of a table, as an object of JSON without a line break. Returns how many there were.
    ///
    /// # Errors
    /// When the database does not answer, or `line` fails.
    pub async fn rows<E: From<DbErr>>(
        &self,
        table: &Table,
        mut line: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<u64, E> {
        let statement = |sql: String| Statement::from_string(self.tx.get_database_backend(), sql);
        let mut count = 0;
        if self.backend == Backend::Postgres {
            self.tx.execute_raw(statement(postgres::declare(table))).await?;
        }
        let mut last = i64::MIN;
        loop {
            let sql = match self.backend {
                Backend::Sqlite => sqlite::select(table, last, ROWS),
                Backend::Postgres => postgres::fetch(ROWS),
            };
            let rows = self.tx.query_all_raw(statement(sql)).await?;
            for row in &rows {
                line(&row.try_get_by_index::<String>(0)?)?;
                if self.backend == Backend::Sqlite {
                    last = row.try_get_by_index(1)?;
                }
                count += 1;
            }
            if rows.len() < usize::try_from(ROWS).unwrap_or(usize::MAX) {
                break;
            }
        }
        if self.backend == Backend::Postgres {
            self.tx.execute_raw(statement(postgres::close())).await?;
        }
        Ok(count)
    }
}

/// Taking rows in again, in one write transaction.
#[derive(Debug)]
pub struct Loading {
    backend: Backend,
    tables: Vec<Table>,
}

impl Loading {
    /// Prepares an empty, migrated database: what the migrations themselves have written is taken out, for the rows that come hold it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(tx: &Tx, backend: Backend) -> Result<Loading, DbErr> {
        if backend == Backend::Sqlite {
            tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
        }
        let tables = catalog::tables(tx, backend).await?;
        for name in SEEDED {
            tx.execute_unprepared(&format!("DELETE FROM \"{name}\"")).await?;
        }
        Ok(Loading { backend, tables })
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// Puts rows into a table; `lines` are what [`Snapshot::rows`] gave. Columns that the rows lack keep their default.
    ///
    /// # Errors
    /// When a row does not fit.
    pub async fn put(&self, tx: &Tx, table: &Table, columns: &[String], lines: &[String]) -> Result<(), DbErr> {
        let here: Vec<&Column> = table.columns.iter().filter(|c| columns.contains(&c.name)).collect();
        let insert = match self.backend {
            Backend::Sqlite => sqlite::insert(&table.name, &here),
            Backend::Postgres => postgres::insert(&table.name, &here),
        };
        for some in lines.chunks(usize::try_from(ROWS).unwrap_or(usize::MAX)) {
            let rows = format!("[{}]", some.join(","));
            tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), insert.clone(), [rows.into()]))
                .await?;
        }
        Ok(())
    }

    /// Sets the counters of numbered rows behind the last one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finish(&self, tx: &Tx) -> Result<(), DbErr> {
        if self.backend == Backend::Postgres {
            for table in &self.tables {
                for column in table.columns.iter().filter(|c| c.counted) {
                    tx.execute_unprepared(&postgres::count_on(&table.name, &column.name)).await?;
                }
            }
        }
        Ok(())
    }
}

/// Whether nothing was ever written but what the migrations write; a database without tables is empty.
///
/// # Errors
/// When the database does not answer.
pub async fn is_empty(db: &Db) -> Result<bool, DbErr> {
    for table in catalog::tables(db.read(), db.backend()).await? {
        if SEEDED.contains(&table.name.as_str()) {
            continue;
        }
        let sql = format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name);
        let statement = Statement::from_string(db.read().get_database_backend(), sql);
        if db.read().query_one_raw(statement).await?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Looks through the whole database for damage; the first complaint, or nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn damage(db: &Db) -> Result<Option<String>, DbErr> {
    if db.backend() == Backend::Postgres {
        // PostgreSQL checks its pages as they are read; there is nothing to ask.
        return Ok(None);
    }
    let ask = |sql: &str| Statement::from_string(db.read().get_database_backend(), sql.to_owned());
    let answer = db.read().query_one_raw(ask("PRAGMA integrity_check(1)")).await?;
    let answer: String = answer.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if answer != "ok" {
        return Ok(Some(answer));
    }
    let orphan = db.read().query_one_raw(ask("PRAGMA foreign_key_check")).await?;
    let table: Option<String> = orphan.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(table.map(|table| format!("a row of {table} refers to a row that is not there")))
}

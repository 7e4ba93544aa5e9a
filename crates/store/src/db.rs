//! Opening a database and beginning transactions. SQLite: many readers, one writer; PostgreSQL: one pool.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The write transaction of a use case. Dropped without `commit`, it is rolled back.
pub type Tx = DatabaseTransaction;

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file under the data folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DbUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server, `postgres://user:password@host/name`.
    Postgres(String),
}

/// Why a database could not be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The setting names neither SQLite nor PostgreSQL.
    #[error(
        "数据库设置无法识别：应为 sqlite:文件 或 postgres://… · unknown database setting: use sqlite:FILE or postgres://…"
    )]
    Unknown,
    /// It cannot be reached or opened.
    #[error("无法打开数据库 · cannot open the database: {0}")]
    Connect(#[from] sqlx::Error),
    /// A migration failed; nothing of it is kept.
    #[error("数据库升级未成功，已退回原样 · the migration failed and was rolled back: {0}")]
    Migrate(#[from] MigrateError),
    /// The folder cannot be made.
    #[error("无法建立数据目录 · cannot make the data folder: {0}")]
    Folder(#[from] std::io::Error),
}

impl FromStr for DbUrl {
    type Err = OpenError;
    fn from_str(text: &str) -> Result<Self, OpenError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(DbUrl::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:"));
        path.filter(|p| !p.is_empty()).map(|p| DbUrl::Sqlite(PathBuf::from(p))).ok_or(OpenError::Unknown)
    }
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    backend: Backend,
}

impl Db {
    /// Opens the database; a SQLite file is made when absent. Does not migrate.
    ///
    /// # Errors
    /// When it cannot be reached, or the file cannot be opened.
    pub async fn open(url: &DbUrl) -> Result<Db, OpenError> {
        match url {
            DbUrl::Sqlite(path) => Db::open_sqlite(path).await,
            DbUrl::Postgres(url) => Db::open_postgres(url).await,
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Db, OpenError> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With FULL every acknowledged write survives a power cut, not only a killed process.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory")
            .optimize_on_close(true, None);
        let write = SqlitePoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(60));
        let write = write.connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new().max_connections(4).acquire_timeout(Duration::from_secs(10));
        let read = read.connect_with(options.pragma("query_only", "on")).await?;
        Ok(Db {
            read: SqlxSqliteConnector::from_sqlx_sqlite_pool(read),
            write: SqlxSqliteConnector::from_sqlx_sqlite_pool(write),
            backend: Backend::Sqlite,
        })
    }

    async fn open_postgres(url: &str) -> Result<Db, OpenError> {
        let options = PgConnectOptions::from_str(url)?.application_name("keqiao");
        let pool = PgPoolOptions::new().max_connections(12).acquire_timeout(Duration::from_secs(10));
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.connect_with(options).await?);
        Ok(Db { read: connection.clone(), write: connection, backend: Backend::Postgres })
    }

    /// Brings the tables up to date. Returns how many migrations are in force.
    ///
    /// # Errors
    /// When a migration fails, or the database was made by a later version.
    pub async fn migrate(&self) -> Result<usize, OpenError> {
        match self.backend {
            Backend::Sqlite => SQLITE.run(self.write.get_sqlite_connection_pool()).await?,
            Backend::Postgres => POSTGRES.run(self.write.get_postgres_connection_pool()).await?,
        }
        Ok(self.migrations().len())
    }

    /// Lets the database look at how its tables are filled: its plans follow it. SQLite looks only where much changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn optimize(&self) -> Result<(), DbErr> {
        let sql = match self.backend {
            Backend::Sqlite => "PRAGMA optimize = 0x10002",
            Backend::Postgres => "ANALYZE",
        };
        self.write.execute_unprepared(sql).await?;
        Ok(())
    }

    /// The migrations this program knows: number and name, in order.
    pub fn migrations(&self) -> Vec<(i64, String)> {
        let known = match self.backend {
            Backend::Sqlite => &SQLITE,
            Backend::Postgres => &POSTGRES,
        };
        known.iter().map(|m| (m.version, m.description.to_string())).collect()
    }

    /// Which database answers.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// A connection for reading; on SQLite it cannot write.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Begins the write transaction. On SQLite there is one at a time; others wait their turn.
    ///
    /// # Errors
    /// When the database cannot be reached, or no turn came in time.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        let mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        self.write.begin_with_options(options).await
    }

    /// Closes all connections; on SQLite the log is folded into the file.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn close(self) -> Result<(), DbErr> {
        if self.backend == Backend::Sqlite {
            self.read.close().await?;
        }
        self.write.close().await
    }
}

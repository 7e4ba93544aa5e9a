//! A database for one test. SQLite in a temporary folder; with `KEQIAO_TEST_POSTGRES=postgres://…` a fresh database on that server,
//! so the whole suite runs on both.

use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::ConnectionTrait;
use tempfile::TempDir;

use crate::db::{Db, DbUrl, OpenError};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A migrated database that goes away with the test.
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// How to open it again.
    pub url: DbUrl,
    /// The folder that belongs to the test.
    pub folder: TempDir,
}

impl TestDb {
    /// A new, empty, migrated database.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn new() -> Result<TestDb, OpenError> {
        let folder = TempDir::with_prefix("keqiao-test-")?;
        #[expect(clippy::disallowed_methods, reason = "tests are told here which database to use")]
        let server = std::env::var("KEQIAO_TEST_POSTGRES").ok();
        let url = match server {
            None => DbUrl::Sqlite(folder.path().join("keqiao.db")),
            Some(server) => fresh_postgres(&server).await?,
        };
        let db = Db::open(&url).await?;
        db.migrate().await?;
        Ok(TestDb { db, url, folder })
    }
}

/// Makes a database of its own on the server.
async fn fresh_postgres(server: &str) -> Result<DbUrl, OpenError> {
    let name = format!("keqiao_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    let admin = Db::open(&DbUrl::from_str(server)?).await?;
    let made = admin.read().execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    made.map_err(|e| sqlx::Error::Configuration(e.to_string().into()))?;
    let (head, _) = server.rsplit_once('/').unwrap_or((server, ""));
    DbUrl::from_str(&format!("{head}/{name}"))
}

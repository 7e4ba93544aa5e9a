//! A context for one test: fixed clock and chance, a database and a data folder that go away with it.

use std::ops::Deref;
use std::sync::Arc;

use keqiao_base::{FixedClock, FixedEntropy, Moment};
use keqiao_store::fixture::TestDb;

use crate::context::{Ctx, Settings};
use crate::error::AppResult;

/// A context whose clock stands at 2026-03-02 09:00 in China until it is moved.
#[derive(Debug)]
pub struct TestCtx {
    /// The context.
    pub ctx: Ctx,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// Its database and folder.
    pub db: TestDb,
}

impl Deref for TestCtx {
    type Target = Ctx;
    fn deref(&self) -> &Ctx {
        &self.ctx
    }
}

impl TestCtx {
    /// A new context.
    ///
    /// # Errors
    /// When database or folder cannot be made.
    pub async fn new() -> AppResult<TestCtx> {
        TestCtx::with(|_| {}).await
    }

    /// A new context with other settings.
    ///
    /// # Errors
    /// When database or folder cannot be made.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> AppResult<TestCtx> {
        let db = TestDb::new().await.map_err(anyhow::Error::new)?;
        let clock = Arc::new(FixedClock::at(Moment::from_millis(1_772_413_200_000)));
        let mut settings = Settings {
            data: db.folder.path().to_owned(),
            demo: false,
            secure_cookies: false,
            site: "http://localhost".to_owned(),
            workers: 1,
            provider: None,
            meaning: crate::settings::Meaning::None,
        };
        change(&mut settings);
        let ctx = Ctx::new(db.db.clone(), clock.clone(), Arc::new(FixedEntropy::seed(1)), settings)?;
        Ok(TestCtx { ctx, clock, db })
    }
}

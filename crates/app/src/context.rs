//! What every use case is given: the database, the clock, chance, files, events, jobs, settings.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use keqiao_base::{Clock, Entropy, JobId, Moment};
use keqiao_oidc::{Provider, ProviderSettings};
use keqiao_store::{Db, Tx, event, job};
use serde::Serialize;
use tokio::sync::Notify;

use crate::directory::Progress;
use crate::error::AppResult;
use crate::events::Events;
use crate::exchange::finder::Finder;
use crate::files::Files;
use crate::settings::Meaning;

/// What an installation is told by its operator.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Folder of database and files.
    pub data: PathBuf,
    /// Whether this is the demonstration: marked on every page, with one-click sign-in.
    pub demo: bool,
    /// Whether cookies are only sent over HTTPS: on when the address of the site begins with `https:`.
    pub secure_cookies: bool,
    /// The address at which users reach the site, without a slash at the end; for links in sign-in and exports.
    pub site: String,
    /// How many jobs run at a time.
    pub workers: usize,
    /// Sign-in through a province's identity provider; its return address is `site` and [`crate::account::provider::RETURN_PATH`].
    pub provider: Option<ProviderSettings>,
    /// Where vectors of meaning come from.
    pub meaning: Meaning,
}

/// The context of use cases; cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

/// What a [`Ctx`] holds.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// Uploaded and generated files.
    pub files: Files,
    /// Live changes.
    pub events: Events,
    /// Wakes the workers when a job was put.
    pub job_put: Notify,
    /// How far imports are, in this process.
    pub progress: Progress,
    /// The identity provider, when there is one.
    pub provider: Option<Provider>,
    /// What is listed, to be found.
    pub finder: Finder,
    /// Settings.
    pub settings: Settings,
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ctx").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl Deref for Ctx {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Ctx {
    /// A context over an open, migrated database.
    ///
    /// # Errors
    /// When the data folder cannot be written, or the identity provider's settings cannot be right.
    pub fn new(db: Db, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, settings: Settings) -> AppResult<Ctx> {
        let files = Files::open(&settings.data)?;
        let events = Events::new();
        let provider = settings.provider.clone().map(Provider::new).transpose().map_err(anyhow::Error::new)?;
        Ok(Ctx(Arc::new(Inner {
            db,
            clock,
            entropy,
            files,
            events,
            job_put: Notify::new(),
            progress: Progress::default(),
            provider,
            finder: Finder::default(),
            settings,
        })))
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Begins the write transaction of a use case.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> AppResult<Tx> {
        Ok(self.db.begin().await?)
    }

    /// Commits, and wakes whoever waits for events or jobs.
    ///
    /// # Errors
    /// When the database does not answer; then nothing was written.
    pub async fn commit(&self, tx: Tx) -> AppResult<()> {
        tx.commit().await?;
        self.events.wake();
        self.job_put.notify_one();
        Ok(())
    }

    /// Puts a job into the queue, in the transaction that needs it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn put_job(&self, tx: &Tx, kind: &str, payload: &impl Serialize) -> AppResult<JobId> {
        let id = JobId::new(&*self.clock, &*self.entropy);
        job::put(tx, id, kind, serde_json::to_string(payload)?, self.now()).await?;
        Ok(id)
    }

    /// Records a change that browsers may want to hear of, in the transaction of the change.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn publish(&self, tx: &Tx, topic: &str, payload: &impl Serialize) -> AppResult<()> {
        Ok(event::append(tx, topic, serde_json::to_string(payload)?, self.now()).await?)
    }
}

//! Background work. A kind of work is one file with a [`Work`] and one line in [`works`]. Work is idempotent: when the process is
//! killed, the lease runs out and the job is begun again.

pub mod queue;

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use anyhow::anyhow;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use keqiao_i18n::Fixed;
use keqiao_store::{Tx, job};
use tokio_util::sync::CancellationToken;

use crate::context::Ctx;
use crate::error::{AppError, AppResult};

pub use keqiao_store::job::{Model as Job, State};

/// How often the queue is asked when nobody in this process put a job.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a lease is renewed.
const RENEWAL: Duration = Duration::from_secs(15);

/// A kind of background work.
pub trait Work: Send + Sync + 'static {
    /// The stable name of the kind.
    fn kind(&self) -> &'static str;
    /// What staff read on the page of jobs.
    fn title(&self) -> Fixed;
    /// Does the work. An error is tried again later; a refusal too, with its text kept for staff.
    fn run<'a>(&'a self, ctx: &'a Ctx, job: &'a Running) -> BoxFuture<'a, AppResult<()>>;
}

/// Every kind of work.
pub fn works() -> Vec<Box<dyn Work>> {
    vec![Box::new(crate::desk::check::Worker), Box::new(crate::directory::import::ImportWork)]
}

/// A job in hand.
#[derive(Debug)]
pub struct Running {
    /// The job.
    pub job: Job,
    progress: AtomicI32,
}

impl Running {
    /// Says how far the work is, in thousandths; written with the next renewal of the lease.
    pub fn set_progress(&self, thousandths: i32) {
        self.progress.store(thousandths.clamp(0, 1000), Ordering::Relaxed);
    }

    /// The payload as its type.
    ///
    /// # Errors
    /// When the payload was made by another version.
    pub fn payload<T: serde::de::DeserializeOwned>(&self) -> AppResult<T> {
        Ok(serde_json::from_str(&self.job.payload)?)
    }
}

/// Works until told to stop, then finishes what is in hand.
pub async fn run(ctx: Ctx, works: Arc<Vec<Box<dyn Work>>>, stop: CancellationToken) {
    let workers = (0..ctx.settings.workers.max(1)).map(|_| worker(ctx.clone(), works.clone(), stop.clone()));
    futures_util::future::join_all(workers.map(tokio::spawn)).await;
}

async fn worker(ctx: Ctx, works: Arc<Vec<Box<dyn Work>>>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match step(&ctx, &works).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the queue cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = ctx.job_put.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Does one job, if one waits; `false` when none does.
///
/// # Errors
/// When the database does not answer.
pub async fn step(ctx: &Ctx, works: &[Box<dyn Work>]) -> AppResult<bool> {
    let tx = ctx.begin().await?;
    let Some(job) = job::claim(&tx, ctx.now()).await? else { return Ok(false) };
    moved(ctx, &tx, &job).await?;
    ctx.commit(tx).await?;
    // There may be more: let a sleeping neighbour look.
    ctx.job_put.notify_one();
    let running = Running { progress: AtomicI32::new(job.progress), job };
    let outcome = match works.iter().find(|w| w.kind() == running.job.kind) {
        Some(work) => with_lease(ctx, &running, work.run(ctx, &running)).await,
        None => Err(AppError::Fault(anyhow!("no worker for jobs of kind {}", running.job.kind))),
    };
    let tx = ctx.begin().await?;
    match outcome {
        Ok(()) => {
            job::finish(&tx, &running.job, ctx.now()).await?;
        }
        Err(error) => {
            let state = job::fail(&tx, &running.job, &error.to_string(), ctx.now()).await?;
            tracing::warn!(job = %running.job.id, kind = running.job.kind, %state, %error, "a job did not succeed");
        }
    }
    moved(ctx, &tx, &running.job).await?;
    ctx.commit(tx).await?;
    Ok(true)
}

/// Tells the page of jobs that one of them stands elsewhere now.
async fn moved(ctx: &Ctx, tx: &Tx, job: &Job) -> AppResult<()> {
    ctx.publish(tx, "job", &serde_json::json!({ "job": job.id })).await
}

/// Runs the work while its lease is renewed; a panic is an error of that job only. Both go on side by side: the renewal may have to
/// wait for the one write transaction, which the work itself may hold.
async fn with_lease(ctx: &Ctx, running: &Running, work: BoxFuture<'_, AppResult<()>>) -> AppResult<()> {
    let work = std::panic::AssertUnwindSafe(work).catch_unwind();
    tokio::select! {
        outcome = work => outcome.unwrap_or_else(|_| Err(AppError::Fault(anyhow!("the worker panicked")))),
        lost = keep_lease(ctx, running) => lost,
    }
}

/// Renews the lease again and again; ends only when it is lost.
async fn keep_lease(ctx: &Ctx, running: &Running) -> AppResult<()> {
    loop {
        tokio::time::sleep(RENEWAL).await;
        match renew(ctx, running).await {
            Ok(true) => {}
            Ok(false) => return Err(AppError::Fault(anyhow!("the lease was lost"))),
            // The work may hold the writer for longer than anybody waits for it. It goes on.
            Err(error) => tracing::warn!(job = %running.job.id, %error, "a lease could not be renewed"),
        }
    }
}

async fn renew(ctx: &Ctx, running: &Running) -> AppResult<bool> {
    let progress = running.progress.load(Ordering::Relaxed);
    let tx = ctx.begin().await?;
    let ours = job::renew(&tx, &running.job, progress, ctx.now()).await?;
    tx.commit().await?;
    Ok(ours)
}

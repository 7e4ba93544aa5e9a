//! What an administrator sees of the background work and may do about it: begin again what failed, call off what waits.

use keqiao_access::{Actor, may};
use keqiao_base::{JobId, Kind, Refusal};
use keqiao_store::{Page, PageRequest, job};
use serde_json::json;

use super::{Job, State};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// The jobs, newest first; of one state when asked.
///
/// # Errors
/// A refusal when the actor may not see them.
pub async fn list(ctx: &Ctx, actor: &Actor, state: Option<State>, request: PageRequest) -> AppResult<Page<Job>> {
    actor.must(may::see_jobs(actor))?;
    Ok(job::page(ctx.db.read(), state, request).await?)
}

/// Begins a failed or cancelled job anew.
///
/// # Errors
/// A refusal when the actor may not, or the job is in another state by now.
pub async fn retry(ctx: &Ctx, actor: &Actor, id: JobId) -> AppResult<()> {
    actor.must(may::see_jobs(actor))?;
    let tx = ctx.begin().await?;
    if !job::retry(&tx, id, ctx.now()).await? {
        return Err(moved_on().into());
    }
    log::record(ctx, &tx, actor, "job.retry", &format!("job:{id}"), json!({})).await?;
    ctx.commit(tx).await
}

/// Calls off a job that nobody has begun.
///
/// # Errors
/// A refusal when the actor may not, or the job was begun by now.
pub async fn cancel(ctx: &Ctx, actor: &Actor, id: JobId) -> AppResult<()> {
    actor.must(may::see_jobs(actor))?;
    let tx = ctx.begin().await?;
    if !job::cancel(&tx, id, ctx.now()).await? {
        return Err(moved_on().into());
    }
    log::record(ctx, &tx, actor, "job.cancel", &format!("job:{id}"), json!({})).await?;
    ctx.commit(tx).await
}

fn moved_on() -> Refusal {
    let (zh, en) = ("这个任务的状态已经变了，请刷新后再看。", "The job is in another state by now; look again.");
    Refusal::new(Kind::Conflict, "job.moved_on", zh, en)
}

//! What is thrown away once an hour: changes nobody listens for any more, jobs long done, answers kept for repeated requests,
//! uploads and files whose rest never came, sessions and counts of failures that ran out; and listings whose term ended.

use std::time::Duration;

use keqiao_store::{account, idempotency, job};
use tokio_util::sync::CancellationToken;

use crate::context::Ctx;
use crate::error::AppResult;
use crate::{desk, events, exchange};

/// How often.
const PAUSE: Duration = Duration::from_secs(3600);
/// How long jobs that were done stay on their page, days.
const JOB_DAYS: i64 = 30;
/// How long an answer is kept for a repeated request, and a count of failures for its account, days.
const ANSWER_DAYS: i64 = 2;
/// How long a session stays in the list after it ended, days.
const SESSION_DAYS: i64 = 30;

/// Tidies up until told to stop.
pub async fn run(ctx: Ctx, stop: CancellationToken) {
    loop {
        if let Err(error) = once(&ctx).await {
            tracing::warn!(%error, "upkeep did not succeed");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Tidies up once.
///
/// # Errors
/// When the database or the disk does not answer.
pub async fn once(ctx: &Ctx) -> AppResult<()> {
    events::forget_old(ctx).await?;
    desk::forget_old(ctx).await?;
    ctx.files.forget_abandoned().await?;
    exchange::term_work(ctx).await?;
    let now = ctx.now();
    let tx = ctx.begin().await?;
    job::forget_before(&tx, now.plus_days(-JOB_DAYS)).await?;
    idempotency::forget_before(&tx, now.plus_days(-ANSWER_DAYS)).await?;
    account::failure::forget_before(&tx, now.plus_days(-ANSWER_DAYS)).await?;
    account::session::forget_before(&tx, now.plus_days(-SESSION_DAYS)).await?;
    tx.commit().await?;
    Ok(ctx.db.optimize().await?)
}

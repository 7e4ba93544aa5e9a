//! The question asked in this process, on all its processors.

use std::sync::Arc;

use datafusion::error::Result;
use datafusion::prelude::{SessionConfig, SessionContext};
use keqiao_access::RegionCode;

use super::batches::lines;
use super::footer;
use super::table::table;
use crate::sql::{TABLE, select};
use crate::{Answer, Error, Question, Snapshot};

/// Asks a snapshot in this process.
///
/// # Errors
/// `rollup.question` when the question makes no sense, `rollup.region_absent` when the snapshot knows nothing of its region,
/// `snapshot.unfit` when a file is not what it should be; or the engine failed, or its sums are not the control totals.
pub async fn ask(snapshot: &Snapshot, question: &Question) -> std::result::Result<Answer, Error> {
    let absent = fit(snapshot, question)?;
    let answer = answered(&SessionContext::new_with_config(SessionConfig::new()), snapshot, question).await;
    let answer = checked(answer, snapshot, question).map_err(|said| Error::Engine(vec![said]))?;
    Ok(Answer { absent, ..answer })
}

/// The question makes sense for this snapshot, and its files can be read. Gives the counties that it holds nothing of.
pub(super) fn fit(snapshot: &Snapshot, question: &Question) -> std::result::Result<Vec<RegionCode>, Error> {
    question.check()?;
    let absent = snapshot.manifest().absent(question)?;
    footer::check(snapshot)?;
    Ok(absent)
}

/// The same for any context, near or far.
pub(super) async fn answered(ctx: &SessionContext, snapshot: &Snapshot, question: &Question) -> Result<Answer> {
    let manifest = snapshot.manifest();
    let chain = manifest.chain.clone();
    if manifest.parts.is_empty() {
        return Ok(Answer { chain, absent: Vec::new(), lines: Vec::new() });
    }
    ctx.register_table(TABLE, Arc::new(table(snapshot)?))?;
    let batches = ctx.sql(&select(question, &manifest.counts)).await?.collect().await?;
    Ok(Answer { chain, absent: Vec::new(), lines: lines(&batches, &manifest.counts)? })
}

/// An answer about everything must sum up to the control totals: a part that was left out or read twice, or read by another machine from
/// other files, shows here.
pub(super) fn checked(
    answer: Result<Answer>,
    snapshot: &Snapshot,
    question: &Question,
) -> std::result::Result<Answer, String> {
    let answer = answer.map_err(|e| e.strip_backtrace())?;
    if question.is_about_all() && !answer.agrees_with(snapshot.manifest()) {
        return Err("the answer does not sum up to the control totals of the snapshot".into());
    }
    Ok(answer)
}

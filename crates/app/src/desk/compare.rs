//! Two versions of a report: which findings are gone, which are new, which remain.

use keqiao_access::Actor;
use keqiao_base::{Refusal, ReportId};
use keqiao_store::desk::finding;
use keqiao_store::desk::report::{self, Report, Version};

use super::show::{FindingShown, seen};
use crate::context::Ctx;
use crate::error::AppResult;

/// What changed between two versions.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The report.
    pub report: Report,
    /// Its versions, newest first.
    pub versions: Vec<Version>,
    /// The earlier version.
    pub before: i32,
    /// The later version.
    pub after: i32,
    /// In the earlier only.
    pub fixed: Vec<FindingShown>,
    /// In the later only.
    pub new: Vec<FindingShown>,
    /// In both.
    pub remaining: Vec<FindingShown>,
}

/// Compares two versions; the newest checked one with the one before when none are named.
///
/// # Errors
/// A refusal when there is no such report among those that the actor may see, or no such versions of it.
pub async fn compare(
    ctx: &Ctx,
    actor: &Actor,
    id: ReportId,
    before: Option<i32>,
    after: Option<i32>,
) -> AppResult<Comparison> {
    let report = seen(ctx, actor, id).await?;
    let after = after.unwrap_or(report.version);
    let before = before.unwrap_or(after.saturating_sub(1));
    let versions = report::versions(ctx.db.read(), id).await?;
    let known = |number: i32| versions.iter().any(|v| v.number == number);
    if before >= after || !known(before) || !known(after) {
        return Err(Refusal::not_found().into());
    }
    let (mut fixed, mut new, mut remaining) = (Vec::new(), Vec::new(), Vec::new());
    for found in finding::around(ctx.db.read(), id, before, after).await? {
        let list = match (found.first_version <= before, found.last_version >= after) {
            (true, true) => &mut remaining,
            (true, false) => &mut fixed,
            (false, _) => &mut new,
        };
        list.push(FindingShown::new(found)?);
    }
    Ok(Comparison { report, versions, before, after, fixed, new, remaining })
}

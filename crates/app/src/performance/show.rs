//! One target with its versions, its remarks, and what stands between it and its budget.

use keqiao_access::Actor;
use keqiao_base::{Refusal, TargetId};
use keqiao_performance::ex_ante::{ExAnte, gate};
use keqiao_performance::{Objection, Target};
use keqiao_store::performance::target::{self, TargetComment, TargetRow, VersionRow};

use super::content::{self, IndicatorContent};
use super::{profile, seen};
use crate::context::Ctx;
use crate::error::AppResult;

/// A target as it is shown.
#[derive(Clone, Debug)]
pub struct TargetShown {
    /// The target.
    pub target: TargetRow,
    /// The version that is shown.
    pub version: VersionRow,
    /// Its indicators.
    pub indicators: Vec<IndicatorContent>,
    /// All versions, newest first.
    pub versions: Vec<VersionRow>,
    /// Remarks, oldest first.
    pub comments: Vec<TargetComment>,
    /// The evaluation before it begins.
    pub ex_ante: Option<ExAnte>,
    /// What stands in the way of submitting the version.
    pub objections: Vec<Objection>,
    /// What stands between it and its budget (PR-2).
    pub gate: Vec<Objection>,
}

impl TargetShown {
    /// The plain value of the version that is shown.
    pub fn plain(&self) -> Target {
        content::plain(&self.target, &self.version, &self.indicators)
    }
}

/// A version of a target; the newest when no number is given.
///
/// # Errors
/// A refusal when there is no such target or version among those that the actor may see.
pub async fn version(ctx: &Ctx, actor: &Actor, id: TargetId, number: Option<i32>) -> AppResult<TargetShown> {
    let db = ctx.db.read();
    let target = seen(db, actor, id).await?;
    let versions = target::versions(db, id).await?;
    let wanted = number.unwrap_or(target.version);
    let version = versions.iter().find(|v| v.number == wanted).cloned().ok_or_else(Refusal::not_found)?;
    let indicators = content::load(db, id, wanted).await?;
    let ex_ante = ex_ante(&target)?;
    let objections = content::plain(&target, &version, &indicators).objections(profile(&version.profile)?);
    let gate = gate(target.is_new, ex_ante.as_ref(), target.state);
    let comments = target::comments(db, id).await?;
    Ok(TargetShown { target, version, indicators, versions, comments, ex_ante, objections, gate })
}

/// The evaluation before it begins.
pub(super) fn ex_ante(target: &TargetRow) -> AppResult<Option<ExAnte>> {
    Ok(target.ex_ante.as_deref().map(serde_json::from_str).transpose()?)
}

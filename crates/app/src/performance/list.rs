//! Lists of targets, cut to the regions of who asks.

use keqiao_access::{Actor, RegionCode, StaffRole, may};
use keqiao_base::{AccountId, TargetId};
use keqiao_store::desk::assignee;
use keqiao_store::performance::target::{self, TargetFilter, TargetRow};
use keqiao_store::{ConnectionTrait, Page, PageRequest};

use crate::context::Ctx;
use crate::error::AppResult;

/// One page of targets. The regions of the filter are those of the actor, whatever it says.
///
/// # Errors
/// A refusal when the actor may not see targets.
pub async fn targets(
    ctx: &Ctx,
    actor: &Actor,
    filter: &TargetFilter,
    request: PageRequest,
) -> AppResult<Page<TargetRow>> {
    Ok(target::page(ctx.db.read(), &within(actor, filter)?, request).await?)
}

/// All targets of one department in a year.
///
/// # Errors
/// A refusal when the actor may not see them.
pub async fn targets_of(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<Vec<TargetRow>> {
    actor.must(may::see_target(actor, region))?;
    Ok(target::of_year(ctx.db.read(), region, year).await?)
}

/// Targets after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not see targets.
pub async fn targets_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &TargetFilter,
    after: Option<TargetId>,
    limit: u64,
) -> AppResult<Vec<TargetRow>> {
    Ok(target::after(ctx.db.read(), &within(actor, filter)?, after, limit).await?)
}

/// The years of the targets that the actor may see, newest first.
///
/// # Errors
/// A refusal when the actor may not see targets.
pub async fn years(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<i32>> {
    actor.must(may::see_performance(actor))?;
    Ok(target::years(ctx.db.read(), &may::performance_regions(actor)).await?)
}

/// The departments whose targets the actor may see: its own regions, as they are held.
///
/// # Errors
/// A refusal when the actor may not see targets.
pub fn regions(actor: &Actor) -> AppResult<Vec<RegionCode>> {
    actor.must(may::see_performance(actor))?;
    Ok(may::performance_regions(actor))
}

/// Who may answer for a target or a task of a department: id and name.
///
/// # Errors
/// A refusal when the actor may not see its targets.
pub async fn accounts(ctx: &Ctx, actor: &Actor, region: RegionCode) -> AppResult<Vec<(AccountId, String)>> {
    actor.must(may::see_target(actor, region))?;
    accounts_of(ctx.db.read(), region).await
}

/// The same without asking who asks.
pub(super) async fn accounts_of(db: &impl ConnectionTrait, region: RegionCode) -> AppResult<Vec<(AccountId, String)>> {
    Ok(assignee::list(db, region, &[StaffRole::Officer, StaffRole::Finance, StaffRole::Reviewer]).await?)
}

fn within(actor: &Actor, filter: &TargetFilter) -> AppResult<TargetFilter> {
    actor.must(may::see_performance(actor))?;
    let own = may::performance_regions(actor);
    // A region that was asked for narrows; it never widens.
    let asked: Vec<RegionCode> =
        filter.regions.iter().copied().filter(|r| own.iter().any(|o| o.contains(*r))).collect();
    let regions = if filter.regions.is_empty() { own } else { asked };
    Ok(TargetFilter { regions, ..filter.clone() })
}

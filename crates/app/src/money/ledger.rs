//! The ledger, in pages and for programs; the budget's lines.

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Fen, LedgerLineId, ProjectId, UnitId};
use keqiao_store::money::ledger::{self, LedgerFilter, LedgerSort};
use keqiao_store::money::{BudgetLine, LedgerLine};
use keqiao_store::year::{project, unit};
use keqiao_store::{Order, Page, PageRequest};

use crate::context::Ctx;
use crate::error::AppResult;

/// The most lines of a budget that are listed.
const BUDGET_MAX: u64 = 5_000;

/// A page of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The lines.
    pub page: Page<LedgerLine>,
    /// What all lines of the filter add up to.
    pub total: Fen,
    /// Names of the units.
    pub units: HashMap<UnitId, String>,
    /// Codes and names of the projects.
    pub projects: HashMap<ProjectId, String>,
}

/// A page of a year's ledger.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    filter: &LedgerFilter,
    (sort, descending): (LedgerSort, bool),
    request: PageRequest,
) -> AppResult<Listed> {
    actor.must(may::see_books(actor, region))?;
    let order = if descending { Order::Desc } else { Order::Asc };
    let (page, total) = ledger::page(ctx.db.read(), region, year, filter, (sort, order), request).await?;
    let (units, projects) = names(ctx, region, year).await?;
    Ok(Listed { page, total, units, projects })
}

/// Lines after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn after(
    ctx: &Ctx,
    actor: &Actor,
    (region, year): (RegionCode, i32),
    filter: &LedgerFilter,
    after: Option<LedgerLineId>,
    limit: u64,
) -> AppResult<Vec<LedgerLine>> {
    actor.must(may::see_books(actor, region))?;
    Ok(ledger::after(ctx.db.read(), region, year, filter, after, limit).await?)
}

/// The lines of a year's budget.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn budget(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<Vec<BudgetLine>> {
    actor.must(may::see_books(actor, region))?;
    Ok(ledger::budget_lines(ctx.db.read(), region, year, BUDGET_MAX).await?)
}

/// Names of units and projects.
pub(super) async fn names(
    ctx: &Ctx,
    region: RegionCode,
    year: i32,
) -> AppResult<(HashMap<UnitId, String>, HashMap<ProjectId, String>)> {
    let units = unit::of(ctx.db.read(), region).await?.into_iter().map(|u| (u.id, u.name)).collect();
    let projects = project::of(ctx.db.read(), region, year).await?;
    Ok((units, projects.into_iter().map(|p| (p.id, format!("{} {}", p.code, p.name))).collect()))
}

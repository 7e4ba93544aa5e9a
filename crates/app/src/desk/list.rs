//! Lists of reports and findings, cut to the regions of who asks, in pages from the database.

use keqiao_access::{Actor, may};
use keqiao_base::{FindingId, ReportId};
use keqiao_store::desk::finding::{self, Finding, FindingFilter, FindingSort};
use keqiao_store::desk::report::{self, Report, ReportFilter, ReportSort};
use keqiao_store::{Page, PageRequest};

use crate::context::Ctx;
use crate::error::AppResult;

/// One page of reports. The regions of the filter are those of the actor, whatever it says.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    filter: &ReportFilter,
    sort: ReportSort,
    descending: bool,
    request: PageRequest,
) -> AppResult<Page<Report>> {
    Ok(report::page(ctx.db.read(), &reports(actor, filter)?, sort, descending, request).await?)
}

/// Reports after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn reports_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &ReportFilter,
    after: Option<ReportId>,
    limit: u64,
) -> AppResult<Vec<Report>> {
    Ok(report::after(ctx.db.read(), &reports(actor, filter)?, after, limit).await?)
}

/// The years of the reports that the actor may see.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn years(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<i32>> {
    Ok(report::years(ctx.db.read(), &reports(actor, &ReportFilter::default())?.regions).await?)
}

/// One page of findings with their reports.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn findings(
    ctx: &Ctx,
    actor: &Actor,
    filter: &FindingFilter,
    sort: FindingSort,
    descending: bool,
    request: PageRequest,
) -> AppResult<Page<(Finding, Report)>> {
    Ok(finding::page(ctx.db.read(), &within(actor, filter)?, sort, descending, request).await?)
}

/// Findings after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn findings_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &FindingFilter,
    after: Option<FindingId>,
    limit: u64,
) -> AppResult<Vec<Finding>> {
    Ok(finding::after(ctx.db.read(), &within(actor, filter)?, after, limit).await?)
}

/// The filter with the regions of the actor.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub(super) fn reports(actor: &Actor, filter: &ReportFilter) -> AppResult<ReportFilter> {
    actor.must(may::use_desk(actor))?;
    Ok(ReportFilter { regions: may::desk_regions(actor), ..filter.clone() })
}

/// The same for findings.
pub(super) fn within(actor: &Actor, filter: &FindingFilter) -> AppResult<FindingFilter> {
    Ok(FindingFilter { reports: reports(actor, &filter.reports)?, ..filter.clone() })
}

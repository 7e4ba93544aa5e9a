//! Lists of records, cut to the regions of who asks, and the sums over them by rung.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Day, EvidenceId, ProjectId};
use keqiao_evidence::{Count, Kind, Rung};
use keqiao_store::evidence::Record;
use keqiao_store::evidence::list::{self, EvidenceFilter, EvidenceSort};
use keqiao_store::evidence::measure::{self, Part, Quantity, Scope};
use keqiao_store::year::project::{self, Project, ProjectFilter};
use keqiao_store::{Page, PageRequest};

use crate::context::Ctx;
use crate::error::AppResult;

/// The most projects to choose from.
const PROJECTS_MAX: u64 = 500;

/// The filter with the regions of the actor, whatever it says.
pub(super) fn within(actor: &Actor, filter: &EvidenceFilter) -> AppResult<EvidenceFilter> {
    actor.must(may::see_evidence(actor))?;
    Ok(EvidenceFilter { regions: may::evidence_regions(actor), ..filter.clone() })
}

/// One page of records.
///
/// # Errors
/// A refusal when the actor may not see evidence.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvidenceFilter,
    sort: EvidenceSort,
    descending: bool,
    request: PageRequest,
) -> AppResult<Page<Record>> {
    Ok(list::page(ctx.db.read(), &within(actor, filter)?, sort, descending, request).await?)
}

/// Records after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not see evidence.
pub async fn records_after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvidenceFilter,
    after: Option<EvidenceId>,
    limit: u64,
) -> AppResult<Vec<Record>> {
    Ok(list::after(ctx.db.read(), &within(actor, filter)?, after, limit).await?)
}

/// People (or records, where the kind counts no people) of a filter's days, kind and project, rung by rung.
///
/// # Errors
/// A refusal when the actor may not see evidence.
pub async fn totals(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvidenceFilter,
    quantity: Quantity,
) -> AppResult<Vec<Part<Rung>>> {
    let filter = within(actor, filter)?;
    let inside = |r: RegionCode| filter.regions.iter().any(|mine| mine.contains(r));
    let regions = match filter.region {
        Some(region) if inside(region) => vec![region],
        Some(_) => Vec::new(),
        None => filter.regions.clone(),
    };
    let year = ctx.now().day().year();
    let scope = Scope {
        regions,
        kind: filter.kind,
        project: filter.project,
        rung_min: filter.rung_min.unwrap_or(Rung::Claimed),
        since: filter.since.unwrap_or(Day::first_of(year)),
        until: filter.until.unwrap_or(Day::last_of(year)),
    };
    Ok(measure::by_rung(ctx.db.read(), &scope, quantity).await?)
}

/// Projects to choose from when recording for an association, of this year and the last: id, title.
///
/// # Errors
/// When the database does not answer.
pub async fn projects(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<(ProjectId, String)>> {
    actor.must(may::see_evidence(actor))?;
    let year = ctx.now().day().year();
    let mut found: Vec<Project> = Vec::new();
    for year in [year, year - 1] {
        let filter =
            ProjectFilter { regions: may::evidence_regions(actor), year: Some(year), ..ProjectFilter::default() };
        found.extend(project::list(ctx.db.read(), &filter, PROJECTS_MAX).await?);
    }
    Ok(found.into_iter().map(|p| (p.id, format!("{} {} {}", p.year, p.code, p.name))).collect())
}

/// What is added up for a kind: people where it counts them, else its first count.
pub fn leading(kind: Option<Kind>) -> Quantity {
    let first = kind.map(|k| keqiao_evidence::Template::of(k).counts).and_then(|c| c.first());
    Quantity::Count(first.map_or(Count::People, |f| f.count))
}

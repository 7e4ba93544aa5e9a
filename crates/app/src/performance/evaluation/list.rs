//! Lists of evaluations, cut to the regions of who asks.

use keqiao_access::{Actor, may};
use keqiao_base::EvaluationId;
use keqiao_store::performance::evaluation::{self as stored, EvaluationFilter, EvaluationRecord};
use keqiao_store::{Page, PageRequest};

use crate::context::Ctx;
use crate::error::AppResult;

/// One page of evaluations. The regions of the filter are those of the actor, whatever it says.
///
/// # Errors
/// A refusal when the actor may not see evaluations.
pub async fn page(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvaluationFilter,
    request: PageRequest,
) -> AppResult<Page<EvaluationRecord>> {
    Ok(stored::page(ctx.db.read(), &within(actor, filter)?, request).await?)
}

/// Evaluations after one, in the order of their ids.
///
/// # Errors
/// A refusal when the actor may not see evaluations.
pub async fn after(
    ctx: &Ctx,
    actor: &Actor,
    filter: &EvaluationFilter,
    after: Option<EvaluationId>,
    limit: u64,
) -> AppResult<Vec<EvaluationRecord>> {
    Ok(stored::after(ctx.db.read(), &within(actor, filter)?, after, limit).await?)
}

fn within(actor: &Actor, filter: &EvaluationFilter) -> AppResult<EvaluationFilter> {
    actor.must(may::see_performance(actor))?;
    Ok(EvaluationFilter { regions: may::performance_regions(actor), ..filter.clone() })
}

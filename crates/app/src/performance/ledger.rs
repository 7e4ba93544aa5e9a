//! Money executed, as the measure of an indicator and as the light of the budget need it; and what was budgeted.

use keqiao_base::{Fen, ProjectId};
use keqiao_store::ConnectionTrait;
use keqiao_store::money::measure::{self, MoneyFilter};

use super::measure::{Period, Wanted};
use crate::error::AppResult;

/// Money executed from January to the end of a month, and the lines behind it.
pub(super) async fn executed(db: &impl ConnectionTrait, period: Period, wanted: &Wanted) -> AppResult<(Fen, i64)> {
    let filter = MoneyFilter {
        project: wanted.project,
        function: wanted.function.clone(),
        economic: wanted.economic.clone(),
        to_month: Some(i32::from(period.month)),
    };
    let (money, lines) = measure::executed(db, period.region, period.year, &filter).await?;
    Ok((money, i64::try_from(lines).unwrap_or(i64::MAX)))
}

/// What was budgeted for a project, or for the whole department: at first, and with all adjustments. Nothing when no line says so.
pub(super) async fn budgeted(
    db: &impl ConnectionTrait,
    period: Period,
    project: Option<ProjectId>,
) -> AppResult<Option<(Fen, Fen)>> {
    let filter = MoneyFilter { project, ..MoneyFilter::default() };
    let (initial, _) = measure::budget(db, period.region, period.year, &filter, true).await?;
    let (adjusted, lines) = measure::budget(db, period.region, period.year, &filter, false).await?;
    Ok((lines > 0).then_some((initial, adjusted)))
}

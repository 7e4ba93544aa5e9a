//! The figures of the desk: which rules, bodies and years have most findings, and how far the work is.

use keqiao_access::Actor;
use keqiao_i18n::Fixed;
use keqiao_store::desk::finding::{FindingFilter, FindingLevel, FindingState};
use keqiao_store::desk::report::CheckState;
use keqiao_store::desk::tally;

use super::list::within;
use crate::context::Ctx;
use crate::error::AppResult;

/// Lines of each list.
const LINES: u64 = 15;

/// A rule and how often it found something.
#[derive(Clone, Debug)]
pub struct RuleFigure {
    /// Code.
    pub code: String,
    /// What it finds; its code when this version no longer knows it.
    pub title: Fixed,
    /// Findings.
    pub findings: i64,
    /// Of these, false alarms.
    pub wrong: i64,
}

/// The figures.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// Reports by how far they are.
    pub reports: Vec<(CheckState, i64)>,
    /// The rules found most often.
    pub rules: Vec<RuleFigure>,
    /// The bodies with most findings: name, findings, open ones.
    pub entities: Vec<(String, i64, i64)>,
    /// Findings by year and level.
    pub years: Vec<(Option<i32>, FindingLevel, i64)>,
    /// Findings by level and state.
    pub states: Vec<(FindingLevel, FindingState, i64)>,
}

/// The figures of what the filter chooses.
///
/// # Errors
/// A refusal when the actor may not use the desk.
pub async fn dashboard(ctx: &Ctx, actor: &Actor, filter: &FindingFilter) -> AppResult<Dashboard> {
    let filter = within(actor, filter)?;
    let db = ctx.db.read();
    let rules = tally::by_rule(db, &filter, LINES).await?;
    let figure = |(code, findings, wrong): (String, i64, i64)| {
        let title = keqiao_audit::all().find(|r| r.code == code).map_or(Fixed { zh: "", en: "" }, |r| r.title);
        RuleFigure { code, title, findings, wrong }
    };
    Ok(Dashboard {
        reports: tally::reports(db, &filter.reports).await?,
        rules: rules.into_iter().map(figure).collect(),
        entities: tally::by_entity(db, &filter, LINES).await?,
        years: tally::by_year(db, &filter).await?,
        states: tally::by_state(db, &filter).await?,
    })
}

//! Monitoring (双监控, PR-30..33): for any month, how far money and goals are, what the year may end with, and what people say to it.

use std::collections::HashMap;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{Fen, IndicatorId, Refusal};
use keqiao_performance::forecast::{self, Forecast};
use keqiao_performance::light::{self, Cause, Light, Likelihood, Plan, Progress, Thresholds};
use keqiao_performance::stored::read;
use keqiao_performance::{Operator, Profile};
use keqiao_quantity::Decimal;
use keqiao_store::ConnectionTrait;
use keqiao_store::performance::figure::{self, ProgressNote, Statement};
use keqiao_store::performance::target::{self, TargetRow, VersionRow};
use serde_json::json;

use super::content::{self, IndicatorContent};
use super::figure::{binding, of_indicator};
use super::ledger::{budgeted, executed};
use super::measure::{Period, Wanted, answer_of, months_of};
use super::{WORDS_MAX, finish, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::must_be_open;

/// The money of a target after some months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyView {
    /// Budget of the year.
    pub budget: Fen,
    /// Executed so far.
    pub executed: Fen,
    /// In percent of a steady pace (PR-32); nothing without a budget.
    pub pace: Option<Decimal>,
    /// The light.
    pub light: Option<Light>,
}

/// One goal after some months.
#[derive(Clone, Debug)]
pub struct GoalView {
    /// The indicator.
    pub content: IndicatorContent,
    /// What is reached.
    pub actual: Option<Decimal>,
    /// Rows behind it.
    pub rows: i64,
    /// Who stated it, where a person did.
    pub stated: Option<Statement>,
    /// How far it is.
    pub progress: Option<Progress>,
    /// The light: computed, or set by hand for a qualitative one.
    pub light: Option<Light>,
    /// What the year may end with; only where it was asked for.
    pub forecast: Option<Forecast>,
    /// What people say to it.
    pub note: Option<ProgressNote>,
}

/// One target after some months.
#[derive(Clone, Debug)]
pub struct TargetView {
    /// The target.
    pub target: TargetRow,
    /// The version that binds, or the newest.
    pub version: VersionRow,
    /// Its money.
    pub money: MoneyView,
    /// Its goals.
    pub goals: Vec<GoalView>,
    /// The worst light of all.
    pub light: Option<Light>,
}

/// A department's year after some months.
#[derive(Clone, Debug)]
pub struct Monitoring {
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// From January to the end of this month.
    pub month: u8,
    /// The months that the profile asks for.
    pub months: Vec<u8>,
    /// Its targets.
    pub targets: Vec<TargetView>,
}

/// What people say to the progress of a goal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteForm {
    /// The light set by hand; only for a qualitative goal.
    pub light: Option<Light>,
    /// Why it is behind.
    pub cause: Option<Cause>,
    /// Whether the target will be reached.
    pub likelihood: Option<Likelihood>,
    /// In words.
    pub words: String,
}

/// The targets of a department in a year as they stand at the end of a month; with forecasts when asked.
///
/// # Errors
/// A refusal when the actor may not see the department.
pub async fn monitoring(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    month: u8,
    forecasts: bool,
) -> AppResult<Monitoring> {
    actor.must(may::see_target(actor, region))?;
    let month = month.clamp(1, 12);
    let db = ctx.db.read();
    let rows = target::of_year(db, region, year).await?;
    let mut targets = Vec::with_capacity(rows.len());
    for row in rows {
        targets.push(of_target(db, row, month, forecasts).await?);
    }
    let profile = targets.first().and_then(|t| Profile::named(&t.version.profile)).or(Profile::all().first());
    let months = profile.map(|p| p.monitoring_months.value.clone()).unwrap_or_default();
    Ok(Monitoring { region, year, month, months, targets })
}

/// One target at the end of a month.
pub(super) async fn of_target(
    db: &impl ConnectionTrait,
    row: TargetRow,
    month: u8,
    forecasts: bool,
) -> AppResult<TargetView> {
    let version = target::version(db, row.id, binding(&row)).await?.ok_or_else(Refusal::not_found)?;
    let period = Period { region: row.region, year: row.year, month };
    let thresholds = Profile::named(&version.profile).map_or_else(Thresholds::default, |p| p.lights.value);
    let wanted = Wanted { project: row.project_id, ..Wanted::default() };
    let (executed, _) = executed(db, period, &wanted).await?;
    // The adjusted budget of the books, where they have one: what the target says is what was asked for.
    let budget = budgeted(db, period, row.project_id).await?.map_or(version.budget, |b| b.1);
    let pace = light::budget(executed, budget, month, &thresholds);
    let money = MoneyView { budget, executed, pace: pace.map(|p| p.0), light: pace.map(|p| p.1) };
    let indicators = content::load(db, row.id, version.number).await?;
    let ids: Vec<IndicatorId> = indicators.iter().map(|i| i.id).collect();
    let mut notes: HashMap<IndicatorId, ProgressNote> =
        figure::notes(db, &ids, i32::from(month)).await?.into_iter().map(|n| (n.indicator_id, n)).collect();
    let statements = figure::statements(db, &ids).await?;
    let mut goals = Vec::with_capacity(indicators.len());
    for content in indicators {
        let stated = statements.iter().find(|s| s.indicator_id == content.id && s.month <= i32::from(month));
        let note = notes.remove(&content.id);
        goals.push(goal(db, content, stated, note, period, &thresholds, forecasts).await?);
    }
    // The declared order of lights is from good to bad.
    let light = goals.iter().filter_map(|g| g.light).chain(money.light).max();
    Ok(TargetView { target: row, version, money, goals, light })
}

async fn goal(
    db: &impl ConnectionTrait,
    content: IndicatorContent,
    stated: Option<&Statement>,
    note: Option<ProgressNote>,
    period: Period,
    thresholds: &Thresholds,
    forecasts: bool,
) -> AppResult<GoalView> {
    let i = &content.indicator;
    let (actual, rows) = match i.measure.is_stated() {
        true => (stated.and_then(|s| s.value).map(read), 0),
        false => {
            let answer = answer_of(db, period, &i.measure, &i.unit).await?;
            (answer.value, answer.rows)
        }
    };
    let plan = Plan::of(i, content.milestones.clone());
    let progress = light::goal(i, &plan, actual, period.month, thresholds).filter(|_| i.applies);
    let by_hand = note.as_ref().and_then(|n| n.light).filter(|_| i.operator == Operator::Qualitative);
    let forecast = if forecasts { forecast_of(db, &content, period).await? } else { None };
    let light = progress.map(|p| p.light).or(by_hand);
    Ok(GoalView { actual, rows, stated: stated.cloned(), progress, light, forecast, note, content })
}

/// The forecast of a computed indicator; nothing for one that people state.
async fn forecast_of(
    db: &impl ConnectionTrait,
    content: &IndicatorContent,
    period: Period,
) -> AppResult<Option<Forecast>> {
    let i = &content.indicator;
    if let Some(this) = months_of(db, period, &i.measure, &i.unit).await? {
        let before = Period { year: period.year - 1, month: 12, ..period };
        let last = months_of(db, before, &i.measure, &i.unit).await?.unwrap_or_default();
        let last: Option<[Decimal; 12]> =
            last.try_into().ok().filter(|l: &[Decimal; 12]| l.iter().any(|v| !v.is_zero()));
        return Ok(forecast::adding(&this, last.as_ref()));
    }
    if i.measure.is_stated() {
        return Ok(None);
    }
    let mut levels = Vec::new();
    for month in 1..=period.month {
        levels.extend(answer_of(db, Period { month, ..period }, &i.measure, &i.unit).await?.value);
    }
    Ok(forecast::level(&levels))
}

/// Says something to the progress of a goal in a month, made from `revision` (0 when nobody said anything yet).
///
/// # Errors
/// A refusal when the actor may not, the year is closed, or somebody said something since.
pub async fn note(
    ctx: &Ctx,
    actor: &Actor,
    id: IndicatorId,
    month: u8,
    revision: i32,
    form: &NoteForm,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let (row, content) = of_indicator(&tx, actor, id).await?;
    let who = actor.must(may::follow_targets(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    if !(1..=12).contains(&month) {
        return Err(Refusal::field("month", "month", "请选择月份。", "Choose a month.").into());
    }
    let made = ProgressNote {
        indicator_id: id,
        month: i32::from(month),
        light: form.light.filter(|_| content.indicator.operator == Operator::Qualitative),
        cause: form.cause,
        likelihood: form.likelihood,
        words: words("words", &form.words, WORDS_MAX)?,
        account_id: who.account,
        account: who.name.clone(),
        revision,
        updated_at: ctx.now(),
    };
    let detail = json!({ "target": row.id, "month": month, "cause": form.cause, "likelihood": form.likelihood });
    if !figure::note(&tx, made, revision).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, "indicator.noted", &format!("indicator:{id}"), detail).await
}

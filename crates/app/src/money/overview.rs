//! A year at a glance: budget, execution and rate, by project, by month, by class.

use std::collections::BTreeMap;

use keqiao_access::{Actor, RegionCode, may};
use keqiao_accounts::{BudgetColumn, function_class};
use keqiao_base::{Fen, ProjectId};
use keqiao_store::money::sums;
use keqiao_store::year::books::{self, Books};
use keqiao_store::year::project::{self, Project};

use crate::context::Ctx;
use crate::error::AppResult;

/// Budget and execution of one project, or of basic spending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFigure {
    /// The project; none: basic spending.
    pub project: Option<Project>,
    /// 年初预算; in 分.
    pub initial: Fen,
    /// 全年(调整)预算: with all adjustments; in 分. The rate is of this (0.3).
    pub budget: Fen,
    /// 执行数; in 分.
    pub executed: Fen,
}

impl ProjectFigure {
    /// Execution in hundredths of a percent of the adjusted budget, half up; nothing where there is no budget (3.4).
    pub fn rate(&self) -> Option<i64> {
        rate(self.executed, self.budget)
    }
}

/// Hundredths of a percent, half up.
fn rate(part: Fen, whole: Fen) -> Option<i64> {
    let (part, whole) = (i128::from(part.get()), i128::from(whole.get()));
    (whole > 0).then(|| i64::try_from((part * 20_000 + whole) / (2 * whole)).unwrap_or(i64::MAX))
}

/// A year at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Whether the year is open; none: nobody opened it yet.
    pub books: Option<Books>,
    /// All together.
    pub all: ProjectFigure,
    /// Basic spending first, then by project.
    pub projects: Vec<ProjectFigure>,
    /// What was spent in each month; in 分.
    pub months: [Fen; 12],
    /// What was spent by functional class; in 分.
    pub classes: Vec<(String, Fen)>,
}

/// A year of a department at a glance.
///
/// # Errors
/// A refusal when the actor may not see the books.
pub async fn overview(ctx: &Ctx, actor: &Actor, region: RegionCode, year: i32) -> AppResult<Overview> {
    actor.must(may::see_books(actor, region))?;
    let db = ctx.db.read();
    let mut figures: BTreeMap<Option<ProjectId>, ProjectFigure> = BTreeMap::new();
    let mut order: Vec<Option<ProjectId>> = vec![None];
    for project in project::of(db, region, year).await? {
        order.push(Some(project.id));
        let figure = ProjectFigure { initial: Fen::ZERO, project: Some(project.clone()), ..ProjectFigure::default() };
        figures.insert(Some(project.id), figure);
    }
    for sum in sums::budget(db, region, year).await? {
        let figure = figures.entry(sum.project).or_default();
        figure.budget += sum.amount;
        if sum.budget == BudgetColumn::Initial {
            figure.initial += sum.amount;
        }
    }
    let mut classes: BTreeMap<String, Fen> = BTreeMap::new();
    for sum in sums::ledger(db, region, year, None).await? {
        figures.entry(sum.project).or_default().executed += sum.spent.amount;
        *classes.entry(function_class(&sum.spent.function).to_owned()).or_default() += sum.spent.amount;
    }
    // A project whose budget was not imported stands with what it was made with.
    for figure in figures.values_mut() {
        if let (true, Some(project)) = (figure.budget.is_zero() && figure.initial.is_zero(), &figure.project) {
            (figure.initial, figure.budget) = (project.budget, project.budget);
        }
    }
    let mut all = ProjectFigure::default();
    for figure in figures.values() {
        all.initial += figure.initial;
        all.budget += figure.budget;
        all.executed += figure.executed;
    }
    Ok(Overview {
        books: books::load(db, region, year).await?,
        all,
        projects: order.into_iter().filter_map(|id| figures.remove(&id)).collect(),
        months: sums::months(db, region, year).await?,
        classes: classes.into_iter().collect(),
    })
}

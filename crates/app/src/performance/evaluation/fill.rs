//! The rows of an evaluation with their actuals and computed scores, and the sums under them.

use keqiao_access::Actor;
use keqiao_accounts::Fund;
use keqiao_base::{EvaluationId, Fen, IndicatorId, Refusal};
use keqiao_performance::evaluation::{Funds, Money, total};
use keqiao_performance::profile::IndexLine;
use keqiao_performance::score::{self, band};
use keqiao_performance::stored::{read, stored};
use keqiao_performance::weight::{NotApplicable, effective, scaled};
use keqiao_performance::{Actual, Got, Indicator, Profile, deviation};
use keqiao_quantity::Decimal;
use keqiao_store::performance::evaluation::{EvaluationRecord, EvaluationRow};
use keqiao_store::performance::figure::{self, Figure, Statement};
use keqiao_store::performance::target::{self, TargetRow};
use keqiao_store::year::project;
use keqiao_store::{ConnectionTrait, Tx};

use super::super::figure::freeze_all;
use super::super::ledger::{budgeted, executed};
use super::super::measure::{Period, Wanted};
use super::super::{content, profile};
use crate::context::Ctx;
use crate::error::AppResult;

/// The last month: an evaluation is of the whole year.
const YEAR_END: u8 = 12;

/// The rows of an approved target: its figures are frozen anew, its last statements are taken.
pub(super) async fn of_target(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    row: &TargetRow,
    evaluation: EvaluationId,
    kept: &[EvaluationRow],
) -> AppResult<Vec<EvaluationRow>> {
    freeze_all(ctx, tx, actor, row, YEAR_END).await?;
    let version = target::version(tx, row.id, row.approved).await?.ok_or_else(Refusal::not_found)?;
    let profile = profile(&version.profile)?;
    let indicators = content::load(tx, row.id, row.approved).await?;
    let ids: Vec<IndicatorId> = indicators.iter().map(|i| i.id).collect();
    let figures = figure::of(tx, &ids).await?;
    let statements = figure::statements(tx, &ids).await?;
    let plain: Vec<Indicator> = indicators.iter().map(|i| i.indicator.clone()).collect();
    let weights = effective(&plain, profile.not_applicable.value);
    let mut rows = Vec::with_capacity(ids.len());
    for ((at, content), weight) in (0i32..).zip(indicators).zip(weights) {
        let figure = figures.iter().find(|f| f.indicator_id == content.id && f.month == i32::from(YEAR_END));
        let figure = figure.filter(|_| !content.indicator.measure.is_stated());
        let statement = statements.iter().find(|s| s.indicator_id == content.id);
        let statement = statement.filter(|_| content.indicator.measure.is_stated());
        let before = kept.iter().find(|r| r.indicator_id == Some(content.id));
        let blank = EvaluationRow {
            evaluation_id: evaluation,
            position: at,
            indicator_id: Some(content.id),
            level1: version.tree.branch(content.indicator.level1).zh.to_owned(),
            level2: content.indicator.level2.title().zh.to_owned(),
            name: content.indicator.name.clone(),
            indicator: Some(serde_json::to_string(&content.indicator)?),
            weight: stored("weight", weight)?,
            figure_id: figure.map(|f| f.id),
            statement_id: statement.map(|s| s.id),
            value: figure.map_or_else(|| statement.and_then(|s| s.value), |f| f.value),
            reached: statement.and_then(|s| s.reached),
            words: statement.map(|s| s.words.clone()).unwrap_or_default(),
            score: None,
            why: None,
            reason: before.map(|r| r.reason.clone()).unwrap_or_default(),
        };
        rows.push(scored(profile, blank, &content.indicator, figure, statement, before)?);
    }
    Ok(rows)
}

/// The row with its computed score, and why it needs a reason. The points of a qualitative one stay as somebody gave them.
fn scored(
    profile: &Profile,
    row: EvaluationRow,
    indicator: &Indicator,
    figure: Option<&Figure>,
    statement: Option<&Statement>,
    before: Option<&EvaluationRow>,
) -> AppResult<EvaluationRow> {
    if !indicator.applies {
        return Ok(EvaluationRow { score: Some(0), ..row });
    }
    let weight = read(row.weight);
    let points = row.value.map(read).and_then(|v| score::scored(profile, weight, indicator, v)).map(|s| s.points);
    let score = match points {
        Some(points) => Some(stored("score", points)?),
        None => before.filter(|b| b.reached == row.reached).and_then(|b| b.score),
    };
    let actual = actual(&row, figure, statement);
    let why = actual.and_then(|a| deviation::why(indicator, &a, &profile.limits()));
    Ok(EvaluationRow { score, why, ..row })
}

/// The actual of a row as a plain value.
pub(super) fn actual(row: &EvaluationRow, figure: Option<&Figure>, statement: Option<&Statement>) -> Option<Actual> {
    let got = match (figure, statement) {
        (Some(figure), _) => Got::Figure { figure: figure.id },
        (None, Some(s)) => Got::Statement { by: s.signer_id, at: s.created_at, file: s.file_hash.clone() },
        (None, None) => return None,
    };
    if row.value.is_none() && row.reached.is_none() {
        return None;
    }
    Some(Actual { value: row.value.map(read), reached: row.reached, words: row.words.clone(), got })
}

/// The rows of a table of points.
pub(super) fn of_index(lines: &[IndexLine], evaluation: EvaluationId) -> AppResult<Vec<EvaluationRow>> {
    let row = |(at, line): (i32, &IndexLine)| -> AppResult<EvaluationRow> {
        Ok(EvaluationRow {
            evaluation_id: evaluation,
            position: at,
            indicator_id: None,
            level1: line.first.clone(),
            level2: line.second.clone(),
            name: line.third.clone(),
            indicator: None,
            weight: stored("weight", line.points)?,
            figure_id: None,
            statement_id: None,
            value: None,
            reached: None,
            words: String::new(),
            score: None,
            why: None,
            reason: String::new(),
        })
    };
    (0i32..).zip(lines).map(row).collect()
}

/// The money block of a target: initial and adjusted budget of the books (of project and target where the books have none), and what was executed.
pub(super) async fn money(db: &impl ConnectionTrait, row: &TargetRow) -> AppResult<Money> {
    let version = target::version(db, row.id, row.approved).await?.ok_or_else(Refusal::not_found)?;
    let period = Period { region: row.region, year: row.year, month: YEAR_END };
    let wanted = Wanted { project: row.project_id, ..Wanted::default() };
    let (executed, _) = executed(db, period, &wanted).await?;
    let project = match row.project_id {
        Some(id) => project::load(db, id).await?,
        None => None,
    };
    let stated = (project.as_ref().map_or(version.budget, |p| p.budget), version.budget);
    let (initial, budget) = budgeted(db, period, row.project_id).await?.unwrap_or(stated);
    let funds = Funds { initial, budget, executed };
    Ok(match project {
        Some(p) if p.fund == Fund::Other => Money { other: funds, ..Money::default() },
        _ => Money { fiscal: funds, ..Money::default() },
    })
}

/// Execution score, total and band as they follow from money and rows. The band stands only when every row has its score.
pub(super) fn summed(record: EvaluationRecord, rows: &[EvaluationRow]) -> AppResult<EvaluationRecord> {
    let profile = profile(&record.profile)?;
    let money: Money = serde_json::from_str(&record.money)?;
    let weight = read(record.execution_weight);
    let Funds { budget, executed, .. } = money.total();
    let execution = score::execution(&profile.execution.value, weight, budget, executed).score.points();
    let sum = total(execution, rows.iter().filter_map(|r| r.score.map(read)));
    let applicable: Decimal = weight + rows.iter().map(|r| read(r.weight)).sum::<Decimal>();
    let scale = profile.not_applicable.value == NotApplicable::Scale && applicable < Decimal::ONE_HUNDRED;
    let total = if scale { scaled(sum, applicable).unwrap_or_default() } else { sum };
    let complete = rows.iter().all(|r| r.score.is_some());
    let band = band(&profile.bands.value, total).filter(|_| complete).map(|b| b.word.clone()).unwrap_or_default();
    Ok(EvaluationRecord {
        execution_score: stored("execution", execution)?,
        total: stored("total", total)?,
        band,
        ..record
    })
}

/// Nothing was budgeted and nothing executed: of a table of points.
pub(super) fn no_money() -> Money {
    let none = Funds { initial: Fen::ZERO, budget: Fen::ZERO, executed: Fen::ZERO };
    Money { fiscal: none, carried: none, other: none }
}

//! An evaluation is written: words, reasons, and the scores that people give. What the platform computed is not theirs to change.

use keqiao_access::Actor;
use keqiao_base::{EvaluationId, FieldError, Refusal};
use keqiao_i18n::Bilingual;
use keqiao_performance::evaluation::EvaluationKind;
use keqiao_performance::score;
use keqiao_performance::stored::{read, stored};
use keqiao_performance::{Operator, Profile};
use keqiao_quantity::Decimal;
use keqiao_store::Tx;
use keqiao_store::performance::evaluation::{self as records, EvaluationRecord, EvaluationRow};
use keqiao_store::performance::target;
use serde_json::json;

use super::super::{WORDS_MAX, finish, profile, words};
use super::{fill, open};
use crate::context::Ctx;
use crate::error::AppResult;

/// An evaluation as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvaluationForm {
    /// 年度总体目标实际完成情况.
    pub achieved: String,
    /// Problems.
    pub problems: String,
    /// Suggestions.
    pub suggestions: String,
    /// Why so little of the budget was executed.
    pub execution_reason: String,
    /// Its rows; those that are not named stay.
    pub rows: Vec<RowForm>,
}

/// A row as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowForm {
    /// Which.
    pub position: i32,
    /// The score, where people give it.
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施; of an independent one: why the score differs.
    pub reason: String,
}

/// Saves what was written. Returns the new revision.
///
/// # Errors
/// A refusal when the actor may not, a score lies outside its bounds, it is submitted, or somebody changed it since `revision`.
pub async fn save(ctx: &Ctx, actor: &Actor, id: EvaluationId, revision: i32, form: &EvaluationForm) -> AppResult<i32> {
    let tx = ctx.begin().await?;
    let before = open(&tx, actor, id).await?;
    let profile = profile(&before.profile)?;
    let mut rows = records::rows(&tx, id).await?;
    let mut faults = Vec::new();
    for sent in &form.rows {
        if let Some(row) = rows.iter_mut().find(|r| r.position == sent.position) {
            row.reason = words(&format!("r{}_reason", sent.position), &sent.reason, WORDS_MAX)?;
            if let Err(fault) = judge(profile, before.kind, row, sent.score) {
                faults.push(FieldError { field: format!("r{}_score", sent.position), message: fault });
            }
        }
    }
    if !faults.is_empty() {
        return Err(Refusal::fields("evaluation.scores", faults).into());
    }
    let after = EvaluationRecord {
        achieved: words("achieved", &form.achieved, WORDS_MAX)?,
        problems: words("problems", &form.problems, WORDS_MAX)?,
        suggestions: words("suggestions", &form.suggestions, WORDS_MAX)?,
        execution_reason: words("execution_reason", &form.execution_reason, WORDS_MAX)?,
        updated_at: ctx.now(),
        ..before
    };
    store(ctx, tx, actor, after, rows, revision, "evaluation.saved").await
}

/// Takes the actuals anew: figures are frozen again, last statements taken, scores computed; reasons stay.
///
/// # Errors
/// A refusal when the actor may not, it does not hang on a target, it is submitted, or somebody changed it since `revision`.
pub async fn refill(ctx: &Ctx, actor: &Actor, id: EvaluationId, revision: i32) -> AppResult<i32> {
    let tx = ctx.begin().await?;
    let before = open(&tx, actor, id).await?;
    let target = match before.target_id.filter(|_| before.kind != EvaluationKind::Independent) {
        Some(id) => target::load(&tx, id).await?,
        None => None,
    };
    let old = records::rows(&tx, id).await?;
    let target = target.filter(|_| old.iter().any(|r| r.indicator_id.is_some())).ok_or_else(Refusal::not_found)?;
    let rows = fill::of_target(ctx, &tx, actor, &target, id, &old).await?;
    let money = serde_json::to_string(&fill::money(&tx, &target).await?)?;
    let after = EvaluationRecord { money, target_version: target.approved, updated_at: ctx.now(), ..before };
    store(ctx, tx, actor, after, rows, revision, "evaluation.refilled").await
}

/// Gives a row the score that somebody sent, where it is theirs to give.
fn judge(
    profile: &Profile,
    kind: EvaluationKind,
    row: &mut EvaluationRow,
    sent: Option<Decimal>,
) -> Result<(), Bilingual> {
    let indicator: Option<keqiao_performance::Indicator> =
        row.indicator.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let qualitative = indicator.as_ref().is_some_and(|i| i.operator == Operator::Qualitative);
    let computed = kind != EvaluationKind::Independent && indicator.is_some() && !qualitative;
    let weight = read(row.weight);
    if computed || row.weight == 0 {
        return Ok(());
    }
    let Some(points) = sent else {
        row.score = None;
        return Ok(());
    };
    if points < Decimal::ZERO || points > weight || points.normalize().scale() > 2 {
        let w = weight.normalize();
        return Err(Bilingual::new(
            format!("得分应在0到{w}分之间，最多两位小数。"),
            format!("A score from 0 to {w}, with two decimals at most."),
        ));
    }
    if let (true, Some(level)) = (qualitative, row.reached) {
        score::judged(profile, weight, level, points)?;
    }
    row.score = stored("score", points).ok();
    Ok(())
}

async fn store(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    after: EvaluationRecord,
    rows: Vec<EvaluationRow>,
    revision: i32,
    action: &str,
) -> AppResult<i32> {
    let after = fill::summed(after, &rows)?;
    let (id, total) = (after.id, after.total);
    if !records::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    records::replace_rows(&tx, id, rows).await?;
    finish(ctx, tx, actor, action, &format!("evaluation:{id}"), json!({ "total": total })).await?;
    Ok(revision.saturating_add(1))
}

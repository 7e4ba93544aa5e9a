//! Evaluations are begun: by who did the work, by the department, and beside another one.

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_base::{EvaluationId, Kind, Refusal, TargetId};
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState, Money};
use keqiao_performance::stored::stored;
use keqiao_store::performance::evaluation::EvaluationFilter;
use keqiao_store::performance::evaluation::{self as records, EvaluationRecord, EvaluationRow};
use keqiao_store::performance::target::{self, TargetRow};
use keqiao_store::{PageRequest, Tx};
use serde_json::json;

use super::super::{content, finish, profile, seen as seen_target};
use super::{fill, seen};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::year::YEARS;

/// Begins the self-evaluation of an approved target: figures are frozen, scores computed.
///
/// # Errors
/// A refusal when the actor may not, the target is not approved, or there is one already.
pub async fn begin_self(ctx: &Ctx, actor: &Actor, id: TargetId) -> AppResult<EvaluationId> {
    let tx = ctx.begin().await?;
    let row = seen_target(&tx, actor, id).await?;
    let who = actor.must(may::evaluate_self(actor, row.region))?;
    must_be_approved(&row)?;
    must_be_first(&tx, &row, EvaluationKind::SelfMade).await?;
    let record = of_target(ctx, &tx, who, &row, EvaluationKind::SelfMade).await?;
    let rows = fill::of_target(ctx, &tx, actor, &row, record.id, &[]).await?;
    insert(ctx, tx, actor, record, rows).await
}

/// Begins the department's evaluation by the table of points of a profile: of the whole department, or of a project. Where the profile has no
/// table, the target's own indicators are evaluated (PR-38).
///
/// # Errors
/// A refusal when the actor may not, or there is neither a table nor an approved target.
pub async fn begin_department(
    ctx: &Ctx,
    actor: &Actor,
    region: RegionCode,
    year: i32,
    profile_code: &str,
    target_id: Option<TargetId>,
) -> AppResult<EvaluationId> {
    let who = actor.must(may::evaluate_others(actor, region))?;
    let profile = profile(profile_code)?;
    if !YEARS.contains(&year) {
        return Err(Refusal::field(
            "year",
            "year",
            "年度应在2000年至2100年之间。",
            "The year must lie between 2000 and 2100.",
        )
        .into());
    }
    let tx = ctx.begin().await?;
    let target = match target_id {
        Some(id) => Some(
            target::load(&tx, id)
                .await?
                .filter(|t| t.region == region && t.year == year)
                .ok_or_else(Refusal::not_found)?,
        ),
        None => target::of(&tx, region, year, None).await?,
    };
    let of_project = target.as_ref().is_some_and(|t| t.project_id.is_some());
    let index = if of_project { &profile.project_index } else { &profile.department_index };
    let (record, rows) = match (index, target) {
        (Some(index), target) => {
            let name =
                target.as_ref().map_or_else(|| format!("{}科学技术协会", region.full_name()), |t| t.name.clone());
            let version = target.as_ref().map_or(0, |t| t.approved);
            let mut record = blank(ctx, who, (region, year), EvaluationKind::Department, name, &profile.name);
            record.target_id = target.map(|t| t.id);
            record.target_version = version;
            record.money = serde_json::to_string(&fill::no_money())?;
            let rows = fill::of_index(&index.value, record.id)?;
            (record, rows)
        }
        (None, Some(row)) => {
            must_be_approved(&row)?;
            let record = of_target(ctx, &tx, who, &row, EvaluationKind::Department).await?;
            let rows = fill::of_target(ctx, &tx, actor, &row, record.id, &[]).await?;
            (record, rows)
        }
        (None, None) => {
            let zh = "该口径没有部门整体评价的分值表：请另选口径，或先编制部门整体绩效目标。";
            let en = "This profile has no table of points: choose another, or set the department's target first.";
            return Err(Refusal::field("evaluation.no_table", "profile", zh, en).into());
        }
    };
    insert(ctx, tx, actor, record, rows).await
}

/// Begins an independent evaluation beside a submitted one: the same targets and actuals, no scores.
///
/// # Errors
/// A refusal when the actor may not, made the first one, or the first one is not submitted.
pub async fn begin_beside(ctx: &Ctx, actor: &Actor, id: EvaluationId) -> AppResult<EvaluationId> {
    let tx = ctx.begin().await?;
    let first = seen(&tx, actor, id).await?;
    let who = actor.must(may::evaluate_others(actor, first.region))?;
    if first.kind == EvaluationKind::Independent || first.state != EvaluationState::Submitted {
        let (zh, en) = ("只能对已提交的评价进行复评。", "Only a submitted evaluation is scored again.");
        return Err(conflict("evaluation.not_submitted", zh, en));
    }
    if first.evaluator_id == who.account {
        let (zh, en) = ("不能复评自己作出的评价。", "Nobody scores their own evaluation again.");
        return Err(Refusal::new(Kind::Forbidden, "evaluation.own", zh, en).into());
    }
    let beside = records::beside(&tx, id).await?;
    if beside.iter().any(|b| b.evaluator_id == who.account) {
        return Err(conflict("evaluation.there", "您已经开始复评。", "You score it again already."));
    }
    let key = (first.region, first.year);
    let record = EvaluationRecord {
        target_id: first.target_id,
        target_version: first.target_version,
        of_id: Some(id),
        money: first.money.clone(),
        execution_weight: first.execution_weight,
        achieved: first.achieved.clone(),
        execution_reason: first.execution_reason.clone(),
        ..blank(ctx, who, key, EvaluationKind::Independent, first.name.clone(), &first.profile)
    };
    let rows = records::rows(&tx, id).await?.into_iter().map(|r| {
        let score = if r.weight == 0 { r.score } else { None };
        EvaluationRow { evaluation_id: record.id, score, reason: String::new(), ..r }
    });
    let rows = rows.collect();
    insert(ctx, tx, actor, record, rows).await
}

fn must_be_approved(row: &TargetRow) -> AppResult<()> {
    if row.approved > 0 {
        return Ok(());
    }
    Err(conflict(
        "target.not_approved",
        "绩效目标尚未批复，不能评价。",
        "The target is not approved: there is nothing to evaluate.",
    ))
}

async fn must_be_first(tx: &Tx, row: &TargetRow, kind: EvaluationKind) -> AppResult<()> {
    let filter = EvaluationFilter {
        regions: vec![row.region],
        kind: Some(kind),
        target: Some(row.id),
        ..EvaluationFilter::default()
    };
    if records::page(tx, &filter, PageRequest::new(1, 1)).await?.total == 0 {
        return Ok(());
    }
    Err(conflict("evaluation.there", "该目标已有自评。", "This target has a self-evaluation already."))
}

fn conflict(code: &'static str, zh: &'static str, en: &'static str) -> AppError {
    Refusal::new(Kind::Conflict, code, zh, en).into()
}

/// The head of an evaluation by an approved target.
async fn of_target(
    ctx: &Ctx,
    tx: &Tx,
    who: &Signed,
    row: &TargetRow,
    kind: EvaluationKind,
) -> AppResult<EvaluationRecord> {
    let version = target::version(tx, row.id, row.approved).await?.ok_or_else(Refusal::not_found)?;
    let indicators = content::load(tx, row.id, row.approved).await?;
    let split = content::plain(row, &version, &indicators).split(profile(&version.profile)?);
    let money: Money = fill::money(tx, row).await?;
    Ok(EvaluationRecord {
        target_id: Some(row.id),
        target_version: row.approved,
        money: serde_json::to_string(&money)?,
        execution_weight: stored("execution", split.execution)?,
        ..blank(ctx, who, (row.region, row.year), kind, row.name.clone(), &version.profile)
    })
}

fn blank(
    ctx: &Ctx,
    who: &Signed,
    of: (RegionCode, i32),
    kind: EvaluationKind,
    name: String,
    profile: &str,
) -> EvaluationRecord {
    EvaluationRecord {
        id: EvaluationId::new(&*ctx.clock, &*ctx.entropy),
        region: of.0,
        year: of.1,
        kind,
        target_id: None,
        target_version: 0,
        of_id: None,
        profile: profile.to_owned(),
        name,
        state: EvaluationState::Draft,
        money: String::new(),
        execution_weight: 0,
        execution_score: 0,
        execution_reason: String::new(),
        total: 0,
        band: String::new(),
        achieved: String::new(),
        problems: String::new(),
        suggestions: String::new(),
        evaluator_id: who.account,
        evaluator: who.name.clone(),
        submitted_at: None,
        revision: 0,
        created_at: ctx.now(),
        updated_at: ctx.now(),
    }
}

async fn insert(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    record: EvaluationRecord,
    rows: Vec<EvaluationRow>,
) -> AppResult<EvaluationId> {
    let record = fill::summed(record, &rows)?;
    let (id, detail) = (record.id, json!({ "kind": record.kind, "year": record.year, "target": record.target_id }));
    records::insert(&tx, record, rows).await?;
    finish(ctx, tx, actor, "evaluation.begun", &format!("evaluation:{id}"), detail).await?;
    Ok(id)
}

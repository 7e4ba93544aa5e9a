//! A target on its way: submitted, returned with words or approved, changed by a next version with a reason (PR-1); and remarks to it.

use keqiao_access::{Actor, may};
use keqiao_base::{CommentId, Kind, Refusal, TargetId};
use keqiao_performance::TargetState;
use keqiao_performance::ex_ante::gate;
use keqiao_store::performance::target::{self, TargetComment, TargetRow, VersionRow};
use serde_json::json;

use super::content::{self, IndicatorForm};
use super::{draft, finish, must_be_sound, profile, said, seen, show, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::must_be_open;

/// Submits the newest version for review.
///
/// # Errors
/// A refusal when the actor may not, something stands in the way (every objection is named), or somebody changed it since `revision`.
pub async fn submit(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let (row, version) = draft::open(&tx, actor, id).await?;
    let who = actor.must(may::keep_targets(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    let indicators = content::load(&tx, id, version.number).await?;
    let plain = content::plain(&row, &version, &indicators);
    let mut objections = plain.objections(profile(&version.profile)?);
    let ex_ante = show::ex_ante(&row)?;
    // Approval is what is asked for here; the evaluation before the project begins must stand already (PR-2).
    objections.extend(gate(row.is_new, ex_ante.as_ref(), TargetState::Approved));
    must_be_sound("target.unsound", objections)?;
    let version = VersionRow {
        state: TargetState::Submitted,
        submitter_id: Some(who.account),
        submitter: Some(who.name.clone()),
        submitted_at: Some(ctx.now()),
        ..version
    };
    let after = TargetRow { state: TargetState::Submitted, updated_at: ctx.now(), ..row };
    step(ctx, tx, actor, after, version, revision, "target.submitted").await
}

/// Approves the newest version, or returns it with words.
///
/// # Errors
/// A refusal when the actor may not, is who submitted it, gives no reason for returning it, or somebody changed it since `revision`.
pub async fn review(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32, approve: bool, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = seen(&tx, actor, id).await?;
    let who = actor.must(may::review_target(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    let version = target::version(&tx, id, row.version).await?.ok_or_else(Refusal::not_found)?;
    if version.state != TargetState::Submitted {
        return Err(Refusal::conflict().into());
    }
    if version.submitter_id == Some(who.account) {
        let (zh, en) = ("不能审核自己提交的绩效目标。", "Nobody reviews what they submitted.");
        return Err(Refusal::new(Kind::Forbidden, "target.own", zh, en).into());
    }
    let review = match approve {
        true => words("review", text, super::WORDS_MAX)?,
        false => said("review", text, "退回时请写明需要修改的地方。", "Say what must be changed.")?,
    };
    let state = if approve { TargetState::Approved } else { TargetState::Returned };
    let version = VersionRow {
        state,
        reviewer_id: Some(who.account),
        reviewer: Some(who.name.clone()),
        review: Some(review).filter(|r| !r.is_empty()),
        reviewed_at: Some(ctx.now()),
        ..version
    };
    let approved = if approve { version.number } else { row.approved };
    let after = TargetRow { state, approved, updated_at: ctx.now(), ..row };
    let action = if approve { "target.approved" } else { "target.returned" };
    step(ctx, tx, actor, after, version, revision, action).await
}

/// Begins the next version of an approved target. Until it is approved, the one before binds.
///
/// # Errors
/// A refusal when the actor may not, gives no reason, the newest version is not approved, or somebody changed it since `revision`.
pub async fn change(ctx: &Ctx, actor: &Actor, id: TargetId, revision: i32, reason: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = seen(&tx, actor, id).await?;
    let who = actor.must(may::keep_targets(actor, row.region))?;
    must_be_open(&tx, row.region, row.year).await?;
    if row.state != TargetState::Approved {
        let (zh, en) = ("已批复的绩效目标才需要调整。", "Only an approved target is changed so.");
        return Err(Refusal::new(Kind::Conflict, "target.not_approved", zh, en).into());
    }
    let reason = said("reason", reason, "请写明调整的理由和依据。", "Say why it changes, and on what grounds.")?;
    let before = target::version(&tx, id, row.version).await?.ok_or_else(Refusal::not_found)?;
    let indicators = content::load(&tx, id, row.version).await?;
    let (number, region) = (row.version.saturating_add(1), row.region);
    let version = VersionRow {
        number,
        state: TargetState::Draft,
        reason,
        author_id: who.account,
        author: who.name.clone(),
        submitter_id: None,
        submitter: None,
        submitted_at: None,
        reviewer_id: None,
        reviewer: None,
        review: None,
        reviewed_at: None,
        created_at: ctx.now(),
        ..before
    };
    let after = TargetRow { version: number, state: TargetState::Draft, updated_at: ctx.now(), ..row };
    if !target::save(&tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    target::insert_version(&tx, version).await?;
    let known: Vec<_> = indicators.iter().map(|i| i.id).collect();
    let forms: Vec<IndicatorForm> = indicators
        .into_iter()
        .map(|i| IndicatorForm { id: Some(i.id), indicator: i.indicator, milestones: i.milestones })
        .collect();
    content::save(ctx, &tx, (id, region), number, &forms, &known).await?;
    finish(ctx, tx, actor, "target.changed", &format!("target:{id}"), json!({ "version": number })).await
}

/// Writes a remark to a target.
///
/// # Errors
/// A refusal when the actor may not, or nothing was written.
pub async fn comment(ctx: &Ctx, actor: &Actor, id: TargetId, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = seen(&tx, actor, id).await?;
    let who = actor.must(may::comment_target(actor, row.region))?;
    let remark = TargetComment {
        id: CommentId::new(&*ctx.clock, &*ctx.entropy),
        target_id: id,
        version: row.version,
        account_id: who.account,
        author: who.name.clone(),
        words: said("words", text, "请写下要说的话。", "Write something.")?,
        created_at: ctx.now(),
    };
    target::comment(&tx, remark).await?;
    finish(ctx, tx, actor, "target.commented", &format!("target:{id}"), json!({ "version": row.version })).await
}

async fn step(
    ctx: &Ctx,
    tx: keqiao_store::Tx,
    actor: &Actor,
    row: TargetRow,
    version: VersionRow,
    revision: i32,
    action: &str,
) -> AppResult<()> {
    let (id, number) = (row.id, version.number);
    if !target::save(&tx, row, revision).await? {
        return Err(Refusal::conflict().into());
    }
    target::save_version(&tx, version).await?;
    finish(ctx, tx, actor, action, &format!("target:{id}"), json!({ "version": number })).await
}

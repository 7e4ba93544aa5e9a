//! What people make of a finding: give it to somebody, talk about it, settle it. Each change says from which revision it was made;
//! one made from an older revision is refused, so nobody overwrites anybody.

use keqiao_access::{Actor, RegionCode, Signed, StaffRole, may};
use keqiao_base::{AccountId, CommentId, FindingId, Refusal};
use keqiao_store::Tx;
use keqiao_store::desk::assignee;
use keqiao_store::desk::finding::{self, Comment, Finding, FindingState};
use keqiao_store::desk::report::{self, Report};
use serde_json::json;

use super::publish;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// Characters of a reason or remark.
const WORDS_MAX: usize = 2_000;

/// How a finding is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Where it stands from now on.
    pub state: FindingState,
    /// What was done, or why it stands; needed for all but fixed and open.
    pub reason: String,
}

/// Settles a finding, or opens it again.
///
/// # Errors
/// A refusal when the actor may not, a reason is missing, or somebody changed the finding since `revision`.
pub async fn judge(
    ctx: &Ctx,
    actor: &Actor,
    id: FindingId,
    revision: i32,
    judgement: &Judgement,
) -> AppResult<Finding> {
    let tx = ctx.begin().await?;
    let (before, report) = load(&tx, actor, id).await?;
    let who = match judgement.state {
        FindingState::Fixed => actor.must(may::mark_fixed(actor, report.region))?,
        _ => actor.must(may::judge_finding(actor, report.region))?,
    };
    let reason = words("reason", &judgement.reason)?;
    let needed = matches!(judgement.state, FindingState::Accepted | FindingState::FalseAlarm);
    if needed && reason.is_none() {
        return Err(Refusal::field(
            "finding.reason",
            "reason",
            "请写明理由，以便日后查考。",
            "Say why; it will be read later.",
        )
        .into());
    }
    let open = judgement.state == FindingState::Open;
    let now = ctx.now();
    let after = Finding {
        state: judgement.state,
        reason,
        judge_id: (!open).then_some(who.account),
        judge: (!open).then(|| who.name.clone()),
        judged_at: (!open).then_some(now),
        updated_at: now,
        ..before
    };
    let after = save(&tx, after, revision).await?;
    report::recount(&tx, report.id, now).await?;
    finished(ctx, tx, actor, who, after, "judged").await
}

/// Who may be given findings of a region.
///
/// # Errors
/// A refusal when the actor may not give them.
pub async fn assignees(ctx: &Ctx, actor: &Actor, region: RegionCode) -> AppResult<Vec<(AccountId, String)>> {
    actor.must(may::assign_finding(actor, region))?;
    Ok(assignee::list(ctx.db.read(), region, &[StaffRole::Finance, StaffRole::Reviewer]).await?)
}

/// Gives a finding to somebody, or to nobody.
///
/// # Errors
/// A refusal when the actor may not, who it is given to does not work at the desk, or somebody changed the finding since
/// `revision`.
pub async fn assign(
    ctx: &Ctx,
    actor: &Actor,
    id: FindingId,
    revision: i32,
    to: Option<AccountId>,
) -> AppResult<Finding> {
    let tx = ctx.begin().await?;
    let (before, report) = load(&tx, actor, id).await?;
    let who = actor.must(may::assign_finding(actor, report.region))?;
    let name = match to {
        None => None,
        Some(to) if to == who.account => Some(who.name.clone()),
        Some(to) => {
            let known = assignees(ctx, actor, report.region).await?.into_iter().find(|a| a.0 == to);
            let (zh, en) = (
                "此人没有报告校对台的办理权限，请另选一人。",
                "This person does not work at the desk. Choose another.",
            );
            Some(known.ok_or_else(|| Refusal::field("finding.assignee", "to", zh, en))?.1)
        }
    };
    let (assignee_id, assignee) = to.zip(name).unzip();
    let after = save(&tx, Finding { assignee_id, assignee, updated_at: ctx.now(), ..before }, revision).await?;
    finished(ctx, tx, actor, who, after, "assigned").await
}

/// Writes a remark under a finding.
///
/// # Errors
/// A refusal when the actor may not, or nothing was written.
pub async fn comment(ctx: &Ctx, actor: &Actor, id: FindingId, text: &str) -> AppResult<Finding> {
    let tx = ctx.begin().await?;
    let (before, report) = load(&tx, actor, id).await?;
    let who = actor.must(may::comment(actor, report.region))?;
    let missing = || Refusal::field("comment.empty", "words", "请写下要说的话。", "Write something.");
    let remark = Comment {
        id: CommentId::new(&*ctx.clock, &*ctx.entropy),
        finding_id: id,
        account_id: who.account,
        author: who.name.clone(),
        words: words("words", text)?.ok_or_else(missing)?,
        created_at: ctx.now(),
    };
    finding::comment(&tx, remark).await?;
    finished(ctx, tx, actor, who, Finding { comments: before.comments.saturating_add(1), ..before }, "commented").await
}

async fn load(tx: &Tx, actor: &Actor, id: FindingId) -> AppResult<(Finding, Report)> {
    actor.must(may::use_desk(actor))?;
    let found = finding::load(tx, id).await?.ok_or_else(Refusal::not_found)?;
    let report = report::load(tx, found.report_id).await?;
    let report = report.filter(|r| may::see_report(actor, r.region)).ok_or_else(Refusal::not_found)?;
    Ok((found, report))
}

async fn save(tx: &Tx, after: Finding, revision: i32) -> AppResult<Finding> {
    match finding::save(tx, after.clone(), revision).await? {
        true => Ok(Finding { revision: revision.saturating_add(1), ..after }),
        false => Err(Refusal::conflict().into()),
    }
}

async fn finished(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    who: &Signed,
    after: Finding,
    what: &'static str,
) -> AppResult<Finding> {
    publish(ctx, &tx, after.report_id, Some(&after), what, &who.name).await?;
    // Reasons and remarks are people's words: they stay on the desk and out of the log, which is never cleaned.
    let detail = json!({
        "report": after.report_id,
        "code": after.code,
        "state": after.state,
        "assignee": after.assignee_id,
        "revision": after.revision,
    });
    log::record(ctx, &tx, actor, &format!("finding.{what}"), &format!("finding:{}", after.id), detail).await?;
    ctx.commit(tx).await?;
    Ok(after)
}

/// Trimmed; nothing when empty.
fn words(field: &str, text: &str) -> Result<Option<String>, Refusal> {
    // No database takes a NUL in a text, and no reader can see the others.
    let kept: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = kept.trim();
    if text.chars().count() > WORDS_MAX {
        let zh = format!("最多 {WORDS_MAX} 字，请删减。");
        return Err(Refusal::field(
            "words.too_long",
            field,
            zh,
            format!("At most {WORDS_MAX} characters. Shorten it."),
        ));
    }
    Ok(Some(text.to_owned()).filter(|t| !t.is_empty()))
}

//! A record is declared void: it stays, with the reason, and counts nowhere from now on.

use keqiao_access::{Actor, may};
use keqiao_base::{EvidenceId, FieldError, Refusal};
use keqiao_evidence::ActKind;
use keqiao_store::evidence::{Record, record as rows};
use serde_json::json;

use super::{act, finish, refused, standing, words};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::must_be_open;

/// Declares a record void.
///
/// # Errors
/// A refusal when the reason is missing, the actor may not, the year is closed, or somebody changed it since `revision`.
pub async fn void(ctx: &Ctx, actor: &Actor, id: EvidenceId, revision: i32, reason: &str) -> AppResult<Record> {
    let tx = ctx.begin().await?;
    let before = standing(&tx, actor, id, revision).await?;
    let who = actor.must(may::void_evidence(actor, before.region, before.recorder_id))?;
    let reason = words("reason", reason)?;
    if reason.chars().count() < 4 {
        let (zh, en) = (
            "请写明作废原因（至少4个字），原因会一直留存。",
            "Say why it is void (4 characters at least); the reason is kept.",
        );
        return Err(refused(vec![FieldError::new("reason", zh, en)]));
    }
    must_be_open(&tx, before.region, before.started.year()).await?;
    let after = Record { voided: true, void_reason: Some(reason.clone()), ..before.clone() };
    let act = act(ctx, who, id, ActKind::Voided, &json!({ "reason": reason }));
    if !rows::change(&tx, &before, after.clone(), Vec::new(), act).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, ActKind::Voided, &after).await?;
    Ok(Record { revision: revision.saturating_add(1), ..after })
}

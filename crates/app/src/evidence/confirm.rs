//! Another person confirms a record.

use keqiao_access::{Actor, may};
use keqiao_base::{EvidenceId, FieldError, Kind, Refusal};
use keqiao_evidence::{ActKind, Rung};
use keqiao_store::evidence::{Record, record as rows};
use serde_json::json;

use super::{act, finish, refused, standing, words};
use crate::context::Ctx;
use crate::error::AppResult;

/// Confirms a record; with a sign-in list, contract or the like in its files, it stands on the rung of filed ones at once. A flagged record
/// needs a word on why it stands.
///
/// # Errors
/// A refusal when the actor recorded it or may not confirm, it is confirmed already, or somebody changed it since `revision`.
pub async fn confirm(ctx: &Ctx, actor: &Actor, id: EvidenceId, revision: i32, why: &str) -> AppResult<Record> {
    let tx = ctx.begin().await?;
    let before = standing(&tx, actor, id, revision).await?;
    if before.recorder_id.is_some() && before.recorder_id == actor.account() {
        let (zh, en) = (
            "不能确认自己登记的记录，请由另一位同事核对后确认。",
            "You recorded this yourself; somebody else must confirm it.",
        );
        return Err(Refusal::new(Kind::Forbidden, "evidence.own", zh, en).into());
    }
    let who = actor.must(may::confirm_evidence(actor, before.region, before.recorder_id))?;
    if before.rung > 0 {
        let (zh, en) = ("这条记录已经确认过。", "This record is confirmed already.");
        return Err(Refusal::new(Kind::Conflict, "evidence.confirmed", zh, en).into());
    }
    let why = words("words", why)?;
    if before.flag_count > 0 && why.chars().count() < 4 {
        let (zh, en) = (
            "这条记录有疑点，请写明核实情况（至少4个字）再确认。",
            "Something looks wrong with this record: say what you checked (4 characters at least).",
        );
        return Err(refused(vec![FieldError::new("words", zh, en)]));
    }
    let files = rows::files(&tx, id).await?;
    let rung = if files.iter().any(|f| f.role.is_record()) { Rung::Filed } else { Rung::Confirmed };
    let after = Record {
        rung: rung.number(),
        confirmer_id: Some(who.account),
        confirmer: Some(who.name.clone()),
        confirmed_at: Some(ctx.now()),
        ..before.clone()
    };
    let detail = json!({ "from": before.rung(), "to": rung, "words": why, "flags": before.flag_count });
    let act = act(ctx, who, id, ActKind::Confirmed, &detail);
    if !rows::change(&tx, &before, after.clone(), Vec::new(), act).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, ActKind::Confirmed, &after).await?;
    Ok(Record { revision: revision.saturating_add(1), ..after })
}

//! The sound rows of a file brought in by one transaction, and taken back by declaring all of them void.

use std::collections::BTreeSet;

use keqiao_access::{Actor, Signed, may};
use keqiao_base::{EvidenceId, FieldError, ImportId, Kind, Refusal};
use keqiao_evidence::{Act, ActKind, Source};
use keqiao_store::Tx;
use keqiao_store::evidence::record::{self as records, NewRecord, Recorded};
use keqiao_store::evidence::{EvidenceImport, EvidenceImportState, Record, import as rows};
use serde_json::json;

use super::inspect::{Inspected, read};
use super::{load, past_that};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::evidence::{act, refused, words};
use crate::log;
use crate::year::must_be_open;

/// Brings the sound rows in. Returns how many.
///
/// # Errors
/// A refusal when there is no sound row, a year is closed, the actor may not, or it was brought in before.
pub async fn bring(ctx: &Ctx, actor: &Actor, id: ImportId) -> AppResult<i32> {
    let mut import = load(ctx, actor, id).await?;
    let who = actor.must(may::record_evidence(actor, import.region))?;
    if import.state != EvidenceImportState::Preview {
        return Err(past_that());
    }
    let tx = ctx.begin().await?;
    let inspected = read(ctx, &tx, &import).await?;
    let years: BTreeSet<i32> =
        inspected.rows.iter().filter_map(|r| r.stated.as_ref()).map(|s| s.started.year()).collect();
    for year in years {
        must_be_open(&tx, import.region, year).await?;
    }
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    (import.row_count, import.at_fault) = (count(inspected.rows.len()), count(inspected.at_fault()));
    let new = made(ctx, who, &import, inspected)?;
    import.made = count(new.len());
    if new.is_empty() {
        let (zh, en) =
            ("没有可以导入的行。请改好后重新上传。", "There is no row to import. Correct the file and send it again.");
        return Err(Refusal::new(Kind::Invalid, "import.nothing", zh, en).into());
    }
    records::insert(&tx, new).await?;
    import.state = EvidenceImportState::Done;
    import.finished_at = Some(ctx.now());
    let made = import.made;
    finish(ctx, tx, actor, import, EvidenceImportState::Preview, "evidence.import").await?;
    Ok(made)
}

fn made(ctx: &Ctx, who: &Signed, import: &EvidenceImport, inspected: Inspected) -> AppResult<Vec<NewRecord>> {
    let by = Recorded {
        region: import.region,
        account: Some(who.account),
        name: who.name.clone(),
        at: ctx.now(),
        source: Source::Imported,
        import: Some(import.id),
    };
    let mut out = Vec::new();
    for row in inspected.rows {
        let Some(stated) = row.stated else { continue };
        let id = EvidenceId::new(&*ctx.clock, &*ctx.entropy);
        let flags = (serde_json::to_string(&row.flags)?, i32::try_from(row.flags.len()).unwrap_or(i32::MAX));
        let record = records::row(id, &stated, &by, flags);
        out.push(NewRecord { record, files: Vec::new(), act: act(ctx, who, id, ActKind::Recorded, &json!(stated)) });
    }
    Ok(out)
}

/// Declares everything void that an import brought in and that still stands. Returns how many.
///
/// # Errors
/// A refusal when the reason is missing, a year is closed, the actor may not, or it was not brought in.
pub async fn undo(ctx: &Ctx, actor: &Actor, id: ImportId, reason: &str) -> AppResult<usize> {
    let mut import = load(ctx, actor, id).await?;
    let who = actor.must(may::undo_evidence_import(actor, import.region, import.account))?;
    if import.state != EvidenceImportState::Done {
        return Err(past_that());
    }
    let reason = words("reason", reason)?;
    if reason.chars().count() < 4 {
        let (zh, en) = ("请写明撤销原因（至少4个字）。", "Say why (4 characters at least).");
        return Err(refused(vec![FieldError::new("reason", zh, en)]));
    }
    let tx = ctx.begin().await?;
    let voided = void_all(ctx, &tx, who, &import, &reason).await?;
    import.state = EvidenceImportState::Undone;
    import.undone_at = Some(ctx.now());
    finish(ctx, tx, actor, import, EvidenceImportState::Done, "evidence.import_undone").await?;
    Ok(voided)
}

async fn void_all(ctx: &Ctx, tx: &Tx, who: &Signed, import: &EvidenceImport, reason: &str) -> AppResult<usize> {
    let detail = json!({ "reason": reason, "import": import.id });
    let mut all: Vec<(Record, Record, Act)> = Vec::new();
    let mut years = BTreeSet::new();
    let mut after = None;
    loop {
        let piece = records::standing_of_import(tx, import.id, after).await?;
        let Some(last) = piece.last() else { break };
        after = Some(last.id);
        for before in piece {
            years.insert(before.started.year());
            let act = act(ctx, who, before.id, ActKind::Voided, &detail);
            let void = Record { voided: true, void_reason: Some(reason.to_owned()), ..before.clone() };
            all.push((before, void, act));
        }
    }
    for year in years {
        must_be_open(tx, import.region, year).await?;
    }
    Ok(records::change_all(tx, all).await?)
}

/// State, event, log entry, commit.
async fn finish(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    import: EvidenceImport,
    was: EvidenceImportState,
    action: &str,
) -> AppResult<()> {
    let (id, made, region) = (import.id, import.made, import.region);
    if !rows::save(&tx, import, was).await? {
        return Err(past_that());
    }
    let by = actor.signed().map_or("", |s| s.name.as_str());
    ctx.publish(&tx, "evidence", &json!({ "what": action, "import": id, "who": by })).await?;
    log::record(ctx, &tx, actor, action, &format!("evidence_import:{id}"), json!({ "made": made, "region": region }))
        .await?;
    ctx.commit(tx).await
}

//! A record is lifted to a higher rung by proof, or gets more files.

use keqiao_access::{Actor, may};
use keqiao_base::{EvidenceId, FieldError, Refusal};
use keqiao_evidence::{ActKind, Proof, Rung};
use keqiao_store::evidence::{Record, record as rows};
use serde_json::json;

use super::file::{FILES_MAX, FileChosen, notes};
use super::{act, finish, refused, standing, words};
use crate::context::Ctx;
use crate::error::AppResult;

/// What is brought forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raising {
    /// The rung it is to stand on.
    pub rung: Rung,
    /// The number of a registration, voucher or invoice.
    pub number: String,
    /// In words: the call-back.
    pub words: String,
    /// Files that were sent before.
    pub files: Vec<FileChosen>,
}

/// Lifts a record.
///
/// # Errors
/// A refusal with the proof that is missing; or when the actor may not, or somebody changed it since `revision`.
pub async fn raise(ctx: &Ctx, actor: &Actor, id: EvidenceId, revision: i32, sent: &Raising) -> AppResult<Record> {
    let tx = ctx.begin().await?;
    let before = standing(&tx, actor, id, revision).await?;
    let who = actor.must(may::record_evidence(actor, before.region))?;
    let (number, said) = (words("number", &sent.number)?, words("words", &sent.words)?);
    let files = notes(&tx, who, &sent.files).await?;
    let kept = rows::files(&tx, id).await?;
    // For the rung of filed records, a file that came with the record serves as well.
    let file = files.iter().any(|f| f.role.is_record())
        || (sent.rung == Rung::Filed && kept.iter().any(|f| f.role.is_record()));
    let proof = Proof { number: number.clone(), words: said.clone(), file };
    proof.lifts(before.rung(), sent.rung).map_err(refused)?;
    too_many(kept.len() + files.len())?;
    let after = Record {
        rung: sent.rung.number(),
        file_count: before.file_count + i32::try_from(files.len()).unwrap_or(0),
        ..before.clone()
    };
    let detail = json!({ "from": before.rung(), "to": sent.rung, "number": number, "words": said, "files": files });
    let act = act(ctx, who, id, ActKind::Raised, &detail);
    let new = rows::file_rows(id, before.file_count, &files);
    if !rows::change(&tx, &before, after.clone(), new, act).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, ActKind::Raised, &after).await?;
    Ok(Record { revision: revision.saturating_add(1), ..after })
}

/// Adds files to a record.
///
/// # Errors
/// A refusal when there are none, the actor may not, or somebody changed it since `revision`.
pub async fn attach(
    ctx: &Ctx,
    actor: &Actor,
    id: EvidenceId,
    revision: i32,
    files: &[FileChosen],
) -> AppResult<Record> {
    let tx = ctx.begin().await?;
    let before = standing(&tx, actor, id, revision).await?;
    let who = actor.must(may::record_evidence(actor, before.region))?;
    let kept = rows::files(&tx, id).await?;
    let mut files = notes(&tx, who, files).await?;
    files.retain(|f| kept.iter().all(|k| k.hash != f.hash));
    if files.is_empty() {
        let (zh, en) = (
            "请先选择文件（已有的文件不必再传）。",
            "Choose files first; those it has already need not be sent again.",
        );
        return Err(refused(vec![FieldError::new("file", zh, en)]));
    }
    too_many(kept.len() + files.len())?;
    let after = Record { file_count: before.file_count + i32::try_from(files.len()).unwrap_or(0), ..before.clone() };
    let act = act(ctx, who, id, ActKind::Attached, &json!({ "files": files }));
    let new = rows::file_rows(id, before.file_count, &files);
    if !rows::change(&tx, &before, after.clone(), new, act).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, ActKind::Attached, &after).await?;
    Ok(Record { revision: revision.saturating_add(1), ..after })
}

fn too_many(files: usize) -> AppResult<()> {
    if files <= FILES_MAX * 2 {
        return Ok(());
    }
    let (zh, en) = (format!("一条记录最多 {} 个文件。", FILES_MAX * 2), format!("{} files at most.", FILES_MAX * 2));
    Err(refused(vec![FieldError::new("file", zh, en)]))
}

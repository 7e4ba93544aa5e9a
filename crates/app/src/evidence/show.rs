//! One record with its files, its history out of the chain, what looks wrong, and what one may do with it.

use keqiao_access::{Actor, may};
use keqiao_base::EvidenceId;
use keqiao_base::chain::Anchor;
use keqiao_evidence::flag::Neighbour;
use keqiao_evidence::{ActKind, Entry, Flag, Stated};
use keqiao_store::evidence::{Record, RecordFile, act, around, record as rows};
use keqiao_store::year::project;

use super::seen;
use crate::context::Ctx;
use crate::error::AppResult;

/// A record as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The record.
    pub record: Record,
    /// Its files.
    pub files: Vec<RecordFile>,
    /// The acts on it, oldest first.
    pub acts: Vec<Entry>,
    /// What looked wrong when it was recorded.
    pub flags: Vec<Flag>,
    /// Later records that use one of its files.
    pub used_again: Vec<Neighbour>,
    /// Whether its acts give the hashes they carry and the first of them says what the record says.
    pub whole: bool,
    /// The project, when it has one: code and name.
    pub project: Option<String>,
    /// Whether the actor may confirm it now.
    pub may_confirm: bool,
    /// Whether the actor may lift it or add to it now.
    pub may_raise: bool,
    /// Whether the actor may declare it void now.
    pub may_void: bool,
}

/// One record.
///
/// # Errors
/// A refusal when there is none that the actor may see.
pub async fn show(ctx: &Ctx, actor: &Actor, id: EvidenceId) -> AppResult<Shown> {
    let db = ctx.db.read();
    let record = seen(db, actor, id).await?;
    let files = rows::files(db, id).await?;
    let acts = act::on(db, id).await?;
    let hashes: Vec<String> = files.iter().map(|f| f.hash.clone()).collect();
    let project = match record.project {
        Some(id) => project::load(db, id).await?.map(|p| format!("{} {}", p.code, p.name)),
        None => None,
    };
    let (stands, region) = (!record.voided, record.region);
    Ok(Shown {
        flags: serde_json::from_str(&record.flags)?,
        used_again: around::used_again(db, &record, &hashes).await?,
        whole: whole(&record, &acts),
        project,
        may_confirm: stands && record.rung == 0 && may::confirm_evidence(actor, region, record.recorder_id),
        may_raise: stands && may::record_evidence(actor, region),
        may_void: stands && may::void_evidence(actor, region, record.recorder_id),
        files,
        acts,
        record,
    })
}

/// Whether each act gives its hash, and the first one states what the record says now.
fn whole(record: &Record, acts: &[Entry]) -> bool {
    let sound = |e: &Entry| Anchor { seq: e.seq - 1, hash: e.prev.clone() }.follow(e.act.clone()).hash == e.hash;
    let first = acts.first().filter(|e| e.act.what == ActKind::Recorded);
    let stated: Option<Stated> = first.and_then(|e| serde_json::from_str(&e.act.detail).ok());
    let says = stated.is_some_and(|said| said_by(record) == Stated { files: Vec::new(), ..said });
    acts.iter().all(sound) && says && acts.len() == usize::try_from(record.revision).unwrap_or(0)
}

/// What a record says now, files apart.
pub(super) fn said_by(record: &Record) -> Stated {
    record.stated(&[])
}

//! Something that happened is recorded.

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_base::{EvidenceId, FieldError, Refusal};
use keqiao_evidence::flag::flags;
use keqiao_evidence::{ActKind, EvidenceRow, Kind, Source, Stated};
use keqiao_store::Tx;
use keqiao_store::evidence::record::{self as rows, NewRecord, Recorded};
use keqiao_store::evidence::{Record, around};
use serde_json::json;

use super::file::{FileChosen, notes};
use super::{act, finish, project_of, refused, row_of};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::year::must_be_open;

/// What is sent to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The id that the form was given: sent twice, it is recorded once.
    pub id: Option<EvidenceId>,
    /// The association whose record it is.
    pub region: RegionCode,
    /// The fields by the keys of [`EvidenceRow`].
    pub cells: Vec<(String, String)>,
    /// Files that were sent before.
    pub files: Vec<FileChosen>,
}

/// Records it. What looks wrong is flagged and kept with it, never refused.
///
/// # Errors
/// A refusal with the fields at fault; or when the actor may not, or the year is closed.
pub async fn record(ctx: &Ctx, actor: &Actor, sent: &Recording) -> AppResult<Record> {
    let who = actor.must(may::record_evidence(actor, sent.region))?;
    let tx = ctx.begin().await?;
    if let Some(before) = sent_before(&tx, who, sent.id).await? {
        return Ok(before);
    }
    let (row, wrong) = row_of(&sent.cells, sent.region);
    let mut stated =
        stated(&row, wrong.into_iter().map(|n| FieldError { field: n.key, message: n.message }).collect())?;
    stated.files = notes(&tx, who, &sent.files).await?;
    stated.project = project_of(&tx, sent.region, stated.started.year(), &row.project).await?;
    must_be_open(&tx, sent.region, stated.started.year()).await?;
    let found = flags(&stated, ctx.now().day(), &around::of(&tx, sent.region, Some(who.account), &stated).await?);
    let by = Recorded {
        region: sent.region,
        account: Some(who.account),
        name: who.name.clone(),
        at: ctx.now(),
        source: Source::Typed,
        import: None,
    };
    let id = sent.id.unwrap_or_else(|| EvidenceId::new(&*ctx.clock, &*ctx.entropy));
    let marked = (serde_json::to_string(&found)?, i32::try_from(found.len()).unwrap_or(i32::MAX));
    let record = rows::row(id, &stated, &by, marked);
    let new = NewRecord {
        record: record.clone(),
        files: rows::file_rows(id, 0, &stated.files),
        act: act(ctx, who, id, ActKind::Recorded, &json!(stated)),
    };
    rows::insert(&tx, vec![new]).await?;
    finish(ctx, tx, actor, ActKind::Recorded, &record).await?;
    Ok(record)
}

/// What is stated, or everything that is wrong: what could not be read, and then what does not fit the kind.
pub(super) fn stated(row: &EvidenceRow, mut faults: Vec<FieldError>) -> AppResult<Stated> {
    match Stated::of(row) {
        Ok(stated) if faults.is_empty() => Ok(stated),
        Ok(_) => Err(refused(faults)),
        Err(more) => {
            let new: Vec<_> = more.into_iter().filter(|m| faults.iter().all(|f| f.field != m.field)).collect();
            faults.extend(new);
            Err(refused(faults))
        }
    }
}

/// The record of a form that was sent before by the same person: a phone that lost its connection sends again.
async fn sent_before(tx: &Tx, who: &Signed, id: Option<EvidenceId>) -> AppResult<Option<Record>> {
    let Some(id) = id else { return Ok(None) };
    match rows::load(tx, id).await? {
        None => Ok(None),
        Some(before) if before.recorder_id == Some(who.account) => Ok(Some(before)),
        Some(_) => Err(Refusal::conflict().into()),
    }
}

/// The last record of the actor, of one kind: what "the same again" begins with. Without files, and without the day.
///
/// # Errors
/// A refusal when the actor may not record.
pub async fn again(ctx: &Ctx, actor: &Actor, kind: Option<Kind>) -> AppResult<Option<EvidenceRow>> {
    let who = actor.must(may::record_somewhere(actor))?;
    let last = rows::last_by(ctx.db.read(), who.account, kind).await?;
    Ok(last.map(|record| EvidenceRow {
        started: String::new(),
        ended: String::new(),
        project: record.project.map(|p| p.to_string()).unwrap_or_default(),
        ..record.stated(&[]).row()
    }))
}

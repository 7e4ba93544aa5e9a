//! Evidence (佐证): what happened is recorded with its files, confirmed by another person, lifted by proof, declared void with a reason; never
//! changed, never deleted. Every act is an entry of the chain and of the log.

mod confirm;
mod export;
mod file;
pub mod import;
mod list;
mod raise;
mod record;
mod show;
mod verify;
mod void;

use keqiao_access::{Actor, RegionCode, Signed, may};
use keqiao_base::{EvidenceId, FieldError, Kind as Because, Refusal};
use keqiao_evidence::{Act, ActKind, EvidenceRow};
use keqiao_sheet::check::{self, Note};
use keqiao_store::evidence::{Record, record as rows};
use keqiao_store::year::project;
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::{Value, json};

use crate::context::Ctx;
use crate::directory::Regions;
use crate::error::{AppError, AppResult};
use crate::log;

pub use confirm::confirm;
pub use export::export;
pub use file::{FILE_BYTES_MAX, FILES_MAX, FileChosen, FileSent, chosen, download, take};
pub use keqiao_store::evidence::Record as EvidenceRecord;
pub use keqiao_store::evidence::list::{EvidenceFilter, EvidenceSort, Standing};
pub use list::{leading, page, projects, records_after, totals};
pub use raise::{Raising, attach, raise};
pub use record::{Recording, again, record};
pub use show::{Shown, show};
pub use verify::{EvidenceVerified, verify};
pub use void::void;

/// Characters of a remark or reason.
const WORDS_MAX: usize = 1_000;

fn refused(faults: Vec<FieldError>) -> AppError {
    Refusal::fields("evidence.invalid", faults).into()
}

/// Trimmed, without control signs; refused when too long.
fn words(field: &str, text: &str) -> AppResult<String> {
    Ok(crate::words::words(field, text, WORDS_MAX)?)
}

/// What was written, in its stored form, with what is wrong about it.
fn row_of(cells: &[(String, String)], region: RegionCode) -> (EvidenceRow, Vec<Note>) {
    check::entry::<EvidenceRow>(cells.iter().map(|(k, v)| (k.as_str(), v.as_str())), &Regions(Some(region)))
}

/// The record, when there is one that the actor may see.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: EvidenceId) -> AppResult<Record> {
    actor.must(may::see_evidence(actor))?;
    let found = rows::load(db, id).await?;
    // Whether there is such a record elsewhere is nobody's business.
    Ok(found.filter(|r| may::see_evidence_of(actor, r.region)).ok_or_else(Refusal::not_found)?)
}

/// The same as it was at `revision`; a void record is never changed again.
async fn standing(db: &impl ConnectionTrait, actor: &Actor, id: EvidenceId, revision: i32) -> AppResult<Record> {
    let record = seen(db, actor, id).await?;
    if record.voided {
        let (zh, en) = ("这条记录已经作废，不能再办理。", "This record is void; nothing more can be done with it.");
        return Err(Refusal::new(Because::Conflict, "evidence.voided", zh, en).into());
    }
    if record.revision != revision { Err(Refusal::conflict().into()) } else { Ok(record) }
}

/// An act by somebody, now.
fn act(ctx: &Ctx, who: &Signed, evidence: EvidenceId, what: ActKind, detail: &Value) -> Act {
    Act {
        at: ctx.now(),
        account: Some(who.account),
        name: who.name.clone(),
        evidence,
        what,
        detail: detail.to_string(),
    }
}

/// Event, log entry, commit.
async fn finish(ctx: &Ctx, tx: Tx, actor: &Actor, what: ActKind, record: &Record) -> AppResult<()> {
    let by = actor.signed().map_or("", |s| s.name.as_str());
    let change = json!({ "what": what, "id": record.id, "who": by });
    ctx.publish(&tx, "evidence", &change).await?;
    ctx.publish(&tx, &format!("evidence:{}", record.id), &change).await?;
    // What people wrote stays in the record and out of the log.
    let detail = json!({ "kind": record.kind, "region": record.region, "rung": record.rung });
    log::record(ctx, &tx, actor, &format!("evidence.{what}"), &format!("evidence:{}", record.id), detail).await?;
    ctx.commit(tx).await
}

/// The project that was written as code or name, among those of the association's year.
async fn project_of(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    written: &str,
) -> AppResult<Option<keqiao_base::ProjectId>> {
    if written.is_empty() {
        return Ok(None);
    }
    let known = project::of(db, region, year).await?;
    let found = known.iter().find(|p| p.code == written || p.id.to_string() == written);
    let found = found.or_else(|| known.iter().find(|p| p.name == written));
    let missing = || {
        let zh = format!("{year}年没有编码或名称为“{written}”的项目，请核对或清空。");
        let en = format!("The year {year} has no project with the code or name {written:?}. Check it, or clear it.");
        refused(vec![FieldError::new("project", zh, en)])
    };
    Ok(Some(found.map(|p| p.id).ok_or_else(missing)?))
}

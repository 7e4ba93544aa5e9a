//! What an import did, taken back by one transaction: what it made leaves the lists, what it changed gets its former values. What
//! somebody changed since is left as it is, and counted.

use std::collections::BTreeMap;

use keqiao_directory::Entry;
use keqiao_store::Tx;
use keqiao_store::directory::history::{self, NewChange};
use keqiao_store::directory::{Change, DirectoryAct, EntryRow, Import, ImportState, State, entry, import};

use super::work::{Payload, Step};
use crate::context::Ctx;
use crate::directory::{region_of, values};
use crate::error::AppResult;

pub(super) async fn run<T: Entry>(ctx: &Ctx, mut import: Import, payload: &Payload) -> AppResult<()> {
    let by = payload.by(ctx);
    let total = usize::try_from(import.made + import.merged).unwrap_or(0);
    ctx.progress.set(import.id, 0, total);
    let tx = ctx.begin().await?;
    let voided = entry::void_import(&tx, import.id, by.at).await?;
    history::append_voided(&tx, &by, import.id).await?;
    let mut undone = i32::try_from(voided).unwrap_or(i32::MAX);
    let mut seq = 0;
    loop {
        ctx.progress.set(import.id, usize::try_from(undone).unwrap_or(0), total);
        let part = history::merged_by(&tx, import.id, seq).await?;
        let Some(last) = part.last() else { break };
        seq = last.seq;
        for change in &part {
            undone += i32::from(put_back::<T>(&tx, &by, &import, change).await?);
        }
    }
    import.kept = import.made + import.merged - undone;
    import.state = ImportState::Undone;
    import.undone_at = Some(by.at);
    let id = import.id;
    if import::save(&tx, import, Step::Undo.running()).await? {
        ctx.publish(&tx, "import", &serde_json::json!({ "import": id })).await?;
        ctx.commit(tx).await?;
    }
    Ok(())
}

/// Gives an entry its former values, unless it was changed since.
async fn put_back<T: Entry>(tx: &Tx, by: &history::By, import: &Import, change: &Change) -> AppResult<bool> {
    let found = entry::load(tx, change.entry).await?;
    let Some(row) = found.filter(|row| row.state == State::Active && row.revision == change.revision) else {
        return Ok(false);
    };
    let mut entry: T = values(&row)?;
    let before: BTreeMap<String, String> = serde_json::from_str(change.before.as_deref().unwrap_or("{}"))?;
    for (key, value) in &before {
        entry.set(key, value.clone());
    }
    let region = region_of(&entry, row.region);
    let revision = row.revision + 1;
    entry::save(tx, EntryRow { updated_at: by.at, ..entry::with_values(row, &entry, region)? }, Some(&entry)).await?;
    let act = DirectoryAct::ImportUndone;
    let (was, is) = (change.after.clone(), change.before.clone());
    let note = NewChange { entry: change.entry, act, before: was, after: is, import: Some(import.id), revision };
    history::append(tx, by, vec![note]).await?;
    Ok(true)
}

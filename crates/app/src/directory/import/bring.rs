//! The rows of a file brought into the directory by one transaction: all of them, or none.

use std::collections::HashMap;

use keqiao_access::RegionCode;
use keqiao_base::EntryId;
use keqiao_directory::{Entry, words};
use keqiao_sheet::check::Checked;
use keqiao_store::Tx;
use keqiao_store::directory::history::{self, NewChange};
use keqiao_store::directory::{DirectoryAct, EntryRow, Import, ImportState, State, entry, import};

use super::work::{Payload, Step};
use super::{Counterpart, inspect};
use crate::context::Ctx;
use crate::directory::{difference, filled, region_of, values};
use crate::error::AppResult;

/// Rows that are written at a time.
const PART: usize = 500;

/// What is done with a row.
enum Choice {
    New,
    Skip,
    Merge(EntryId),
}

/// What was done.
#[derive(Default)]
struct Tally {
    made: i32,
    merged: i32,
    skipped: i32,
}

pub(super) async fn run<T: Entry>(ctx: &Ctx, mut import: Import, payload: &Payload) -> AppResult<()> {
    let rows = inspect::read::<T>(ctx, &import, &payload.regions).await?;
    let total = rows.len();
    ctx.progress.set(import.id, 0, total);
    let choices = choices(ctx, &import).await?;
    let by = payload.by(ctx);
    let tx = ctx.begin().await?;
    let mut tally = Tally::default();
    for (part, rows) in rows.chunks(PART).enumerate() {
        let mut new = Vec::with_capacity(rows.len());
        for row in rows {
            match choices.get(&row.row).unwrap_or(&Choice::New) {
                _ if !row.sound() => tally.skipped += 1,
                Choice::Skip => tally.skipped += 1,
                Choice::New => new.push(row),
                Choice::Merge(id) => merge(&tx, &by, &import, payload, (*id, row), &mut tally).await?,
            }
        }
        make(ctx, &tx, &by, &import, &new).await?;
        tally.made += i32::try_from(new.len()).unwrap_or(i32::MAX);
        ctx.progress.set(import.id, (part * PART + rows.len()).min(total), total);
    }
    (import.made, import.merged, import.skipped) = (tally.made, tally.merged, tally.skipped);
    import.state = ImportState::Done;
    import.finished_at = Some(ctx.now());
    let id = import.id;
    if import::save(&tx, import, Step::Bring.running()).await? {
        ctx.publish(&tx, "import", &serde_json::json!({ "import": id })).await?;
        ctx.commit(tx).await?;
    }
    Ok(())
}

async fn choices(ctx: &Ctx, import: &Import) -> AppResult<HashMap<u32, Choice>> {
    let mut out = HashMap::new();
    for row in import::all_rows(ctx.db.read(), import.id).await? {
        let counterparts: Vec<Counterpart> = serde_json::from_str(&row.counterparts)?;
        let target = counterparts.iter().find_map(|c| c.entry);
        let choice = match (row.choice.as_str(), target) {
            ("merge", Some(id)) => Choice::Merge(id),
            ("skip" | "merge", _) => Choice::Skip,
            _ => Choice::New,
        };
        out.insert(u32::try_from(row.number).unwrap_or(0), choice);
    }
    Ok(out)
}

async fn make<T: Entry>(ctx: &Ctx, tx: &Tx, by: &history::By, import: &Import, rows: &[&Checked<T>]) -> AppResult<()> {
    let mut made = Vec::with_capacity(rows.len());
    let mut changes = Vec::with_capacity(rows.len());
    for row in rows {
        let id = EntryId::new(&*ctx.clock, &*ctx.entropy);
        let region = region_of(&row.entry, import.region);
        made.push((entry::row(id, &row.entry, region, Some(import.id), by.at)?, words::of(&row.entry)));
        // What was made stands in the entry itself; its first change writes down what it was before.
        let act = DirectoryAct::Imported;
        changes.push(NewChange { entry: id, act, before: None, after: None, import: Some(import.id), revision: 1 });
    }
    entry::insert(tx, made).await?;
    Ok(history::append(tx, by, changes).await?)
}

/// What the file says counts, what it does not say stays. An entry that is no longer there, or not theirs to change, is left out.
async fn merge<T: Entry>(
    tx: &Tx,
    by: &history::By,
    import: &Import,
    payload: &Payload,
    (id, row): (EntryId, &Checked<T>),
    tally: &mut Tally,
) -> AppResult<()> {
    let allowed = |r: RegionCode| payload.regions.iter().any(|mine| mine.contains(r));
    let found =
        entry::load(tx, id).await?.filter(|e| e.state == State::Active && e.list == T::KIND && allowed(e.region));
    let Some(found) = found else {
        tally.skipped += 1;
        return Ok(());
    };
    let before: T = values(&found)?;
    let mut after = filled(before.clone(), &row.entry, true);
    // The region that was filled in for the row is not what the file says.
    after.set("region", before.get("region").to_owned());
    if before == after {
        tally.skipped += 1;
        return Ok(());
    }
    let (was, is) = difference(&before, &after)?;
    let (revision, region) = (found.revision + 1, found.region);
    let changed = EntryRow { updated_at: by.at, ..entry::with_values(found, &after, region)? };
    entry::save(tx, changed, Some(&after)).await?;
    let act = DirectoryAct::ImportMerged;
    let change = NewChange { entry: id, act, before: Some(was), after: Some(is), import: Some(import.id), revision };
    history::append(tx, by, vec![change]).await?;
    tally.merged += 1;
    Ok(())
}

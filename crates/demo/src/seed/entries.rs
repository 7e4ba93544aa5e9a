//! The directory of the demo, as if it had been kept for a year: entries come in week by week, with their history.

use keqiao_access::RegionCode;
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{EntryId, FixedClock, RelationId};
use keqiao_directory::Entry;
use keqiao_store::Tx;
use keqiao_store::directory::entry::{insert, row};
use keqiao_store::directory::history::{By, NewChange, append};
use keqiao_store::directory::relation;
use keqiao_store::directory::{DirectoryAct, Relation};

use crate::county::{Directory, Link, REGION};

/// Entries that come in together.
const WEEK: usize = 30;
const WEEK_SECONDS: i64 = 7 * 86_400;

/// Writes the whole directory. The clock goes on by a week for every [`WEEK`] entries.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn write(ctx: &Ctx, clock: &FixedClock, tx: &Tx, by: &By, all: &Directory) -> AppResult<()> {
    let organisations = list(ctx, clock, tx, by, &all.organisations).await?;
    let people = list(ctx, clock, tx, by, &all.people).await?;
    link(ctx, tx, &all.of_organisations, &organisations, &organisations).await?;
    link(ctx, tx, &all.of_people, &people, &organisations).await
}

async fn list<T: Entry>(ctx: &Ctx, clock: &FixedClock, tx: &Tx, by: &By, all: &[T]) -> AppResult<Vec<EntryId>> {
    let region: RegionCode = REGION.parse().map_err(anyhow::Error::new)?;
    let mut ids = Vec::with_capacity(all.len());
    // A larger directory is not spread over more years.
    let week = WEEK.max(all.len() / 40);
    for some in all.chunks(week) {
        let mut rows = Vec::with_capacity(some.len());
        let mut changes = Vec::with_capacity(some.len());
        for entry in some {
            let id = EntryId::new(&*ctx.clock, &*ctx.entropy);
            let row = row(id, entry, region, None, ctx.now())?;
            let after = Some(row.data.clone());
            changes.push(NewChange {
                entry: id,
                act: DirectoryAct::Created,
                before: None,
                after,
                import: None,
                revision: 1,
            });
            rows.push((row, keqiao_directory::words::of(entry)));
            ids.push(id);
        }
        insert(tx, rows).await?;
        append(tx, &By { at: ctx.now(), ..by.clone() }, changes).await?;
        clock.advance_seconds(WEEK_SECONDS);
    }
    Ok(ids)
}

async fn link(ctx: &Ctx, tx: &Tx, links: &[Link], from: &[EntryId], to: &[EntryId]) -> AppResult<()> {
    for link in links {
        let row = Relation {
            id: RelationId::new(&*ctx.clock, &*ctx.entropy),
            kind: link.kind,
            from_entry: from[link.from],
            to_entry: to[link.to],
            since: link.since.clone(),
            until: String::new(),
            created_at: ctx.now(),
        };
        relation::insert(tx, row).await?;
    }
    Ok(())
}

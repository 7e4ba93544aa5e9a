//! The index of words made anew from the entries: after a restore (backups hold no index), or when words are cut differently.

use keqiao_base::EntryId;
use keqiao_directory::words::{self, Words};
use keqiao_directory::{ListKind, Organisation, Person};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::search;
use crate::entity::entry::{Column, Entity, Model, State};

/// Entries in hand at a time.
const BATCH: u64 = 1000;

/// Forgets all words and cuts those of the active entries anew; returns how many entries.
///
/// # Errors
/// When the database does not answer, or an entry cannot be understood.
pub async fn make_anew(db: &impl ConnectionTrait) -> Result<usize, DbErr> {
    db.execute_unprepared("DELETE FROM entry_search").await?;
    let mut count = 0;
    let mut last = None;
    loop {
        let active = Entity::find().filter(Column::State.eq(State::Active));
        let after = last.map_or(active.clone(), |id: EntryId| active.filter(Column::Id.gt(id)));
        let rows = after.order_by_asc(Column::Id).limit(BATCH).all(db).await?;
        let Some(row) = rows.last() else { return Ok(count) };
        last = Some(row.id);
        count += rows.len();
        let words = rows.iter().map(|row| Ok((row.id, cut(row)?))).collect::<Result<Vec<_>, serde_json::Error>>();
        search::add(db, &words.map_err(|e| DbErr::Json(e.to_string()))?).await?;
    }
}

fn cut(row: &Model) -> Result<Words, serde_json::Error> {
    Ok(match row.list {
        ListKind::People => words::of::<Person>(&serde_json::from_str(&row.data)?),
        ListKind::Organisations => words::of::<Organisation>(&serde_json::from_str(&row.data)?),
    })
}

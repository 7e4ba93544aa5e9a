//! Two entries that mean the same become one: it keeps its values, takes what it lacks from the other, and all its links.

use keqiao_access::Actor;
use keqiao_base::{EntryId, Refusal};
use keqiao_directory::Entry;
use keqiao_store::directory::history::{self, NewChange};
use keqiao_store::directory::{DirectoryAct, EntryRow, State, entry, relation};

use super::edit::{change, finish};
use super::{by, editable, filled, values};
use crate::context::Ctx;
use crate::error::AppResult;

/// Merges `other` into `id`.
///
/// # Errors
/// A refusal when who asks may not change both, or somebody else was quicker.
pub async fn merge<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    id: EntryId,
    revision: i32,
    other: (EntryId, i32),
) -> AppResult<()> {
    if id == other.0 {
        let (zh, en) = ("不能与自己合并，请选另一条。", "It cannot be merged with itself. Choose another one.");
        return Err(Refusal::field("directory.merge", "other", zh, en).into());
    }
    let tx = ctx.begin().await?;
    let row = editable::<T>(&tx, actor, id, revision).await?;
    let gone = editable::<T>(&tx, actor, other.0, other.1).await?;
    if row.state != State::Active || gone.state != State::Active {
        return Err(Refusal::conflict().into());
    }
    let (before, theirs): (T, T) = (values(&row)?, values(&gone)?);
    let after = filled(before.clone(), &theirs, false);
    let region = row.region;
    relation::move_all(&tx, other.0, id).await?;
    change(ctx, &tx, actor, row, (&before, &after), region, DirectoryAct::Merged).await?;
    let by = by(ctx, actor);
    let gone = EntryRow { state: State::Merged, merged_into: Some(id), updated_at: by.at, ..gone };
    if !entry::save::<T>(&tx, gone, None).await? {
        return Err(Refusal::conflict().into());
    }
    let into = Some(serde_json::json!({ "into": id }).to_string());
    let away = NewChange {
        entry: other.0,
        act: DirectoryAct::MergedAway,
        before: None,
        after: into,
        import: None,
        revision: other.1 + 1,
    };
    history::append(&tx, &by, vec![away]).await?;
    finish::<T>(ctx, tx, actor, "directory.merge", id).await
}

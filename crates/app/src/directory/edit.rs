//! Making, changing, taking out and putting back one entry; always against the revision that was seen, always with its past kept.

use keqiao_access::{Actor, RegionCode, may};
use keqiao_base::{EntryId, Refusal};
use keqiao_directory::duplicate::{Brief, Certainty, Index};
use keqiao_directory::{Entry, query, words};
use keqiao_sheet::check;
use keqiao_store::directory::entry::{self, Filter, Sort};
use keqiao_store::directory::history::{self, NewChange};
use keqiao_store::directory::{DirectoryAct, EntryRow, State};
use keqiao_store::{Order, Tx};

use super::{Regions, by, difference, editable, refused, region_of, values};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// Makes an entry of written values. Something that seems to stand there already is refused unless `even_so`.
///
/// # Errors
/// A refusal with the fields at fault, or when who asks may not make entries of that region.
pub async fn create<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    cells: &[(String, String)],
    even_so: bool,
) -> AppResult<EntryId> {
    actor.must(may::edit_directory(actor))?;
    let near = may::edit_regions(actor).first().copied();
    let (made, notes) = check::entry::<T>(cells.iter().map(|(k, v)| (k.as_str(), v.as_str())), &Regions(near));
    if !notes.is_empty() {
        return Err(refused(notes));
    }
    let region = target_region(actor, &made, near)?;
    if !even_so {
        not_there_yet(ctx, actor, &made).await?;
    }
    let by = by(ctx, actor);
    let id = EntryId::new(&*ctx.clock, &*ctx.entropy);
    let tx = ctx.begin().await?;
    entry::insert(&tx, vec![(entry::row(id, &made, region, None, by.at)?, words::of(&made))]).await?;
    let after = Some(serde_json::to_string(&made)?);
    let change = NewChange { entry: id, act: DirectoryAct::Created, before: None, after, import: None, revision: 1 };
    history::append(&tx, &by, vec![change]).await?;
    finish::<T>(ctx, tx, actor, "directory.create", id).await?;
    Ok(id)
}

/// The region that an entry is for; who makes it must be allowed there.
fn target_region<T: Entry>(actor: &Actor, entry: &T, otherwise: Option<RegionCode>) -> AppResult<RegionCode> {
    let region = region_of(entry, otherwise.ok_or_else(Refusal::forbidden)?);
    if may::edit_entry(actor, region) {
        return Ok(region);
    }
    let (zh, en) =
        ("这个地区不归您管理，请选本地区或下辖地区。", "You do not keep this region. Choose yours or one below it.");
    Err(Refusal::field("directory.region", "region", zh, en).into())
}

async fn not_there_yet<T: Entry>(ctx: &Ctx, actor: &Actor, entry: &T) -> AppResult<()> {
    let mut index = Index::default();
    for typed in [entry.get("name"), entry.get("phone"), entry.get("credit_code")] {
        let terms = query::terms(typed);
        if !terms.is_empty() {
            let filter = Filter { terms, ..Filter::of(T::KIND, may::directory_regions(actor)) };
            for row in entry::part(ctx.db.read(), &filter, Sort::Name, Order::Asc, 0, 50).await? {
                index.add(row.id, Brief::of(&values::<T>(&row)?));
            }
        }
    }
    let found = index.find(&Brief::of(entry)).into_iter().find(|m| m.certainty >= Certainty::Likely);
    let Some(found) = found else { return Ok(()) };
    let reason = found.reason.title();
    Err(Refusal::field(
        "directory.duplicate",
        "even_so",
        format!("库里可能已有这一条（{}）。请先查看；确实不是同一个，再勾选“仍然新建”。", reason.zh),
        format!(
            "It may stand there already ({}). Look first; tick “make it even so” when it is another one.",
            reason.en
        ),
    )
    .into())
}

/// Changes the values that were sent; others stay.
///
/// # Errors
/// A refusal with the fields at fault, or when somebody else was quicker.
pub async fn edit<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    id: EntryId,
    revision: i32,
    cells: &[(String, String)],
) -> AppResult<i32> {
    let tx = ctx.begin().await?;
    let row = editable::<T>(&tx, actor, id, revision).await?;
    if row.state != State::Active {
        return Err(Refusal::conflict().into());
    }
    let before: T = values(&row)?;
    let stay = T::columns().iter().filter(|c| cells.iter().all(|(k, _)| k != c.key));
    let sent = cells.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let (mut after, notes) = check::entry::<T>(sent, &Regions(Some(row.region)));
    stay.for_each(|c| after.set(c.key, before.get(c.key).to_owned()));
    // What is required and was not sent stands there already.
    let notes: Vec<_> = notes.into_iter().filter(|n| cells.iter().any(|(k, _)| *k == n.key)).collect();
    if !notes.is_empty() {
        return Err(refused(notes));
    }
    let region = target_region(actor, &after, Some(row.region))?;
    if before == after {
        return Ok(revision);
    }
    change(ctx, &tx, actor, row, (&before, &after), region, DirectoryAct::Edited).await?;
    finish::<T>(ctx, tx, actor, "directory.edit", id).await?;
    Ok(revision + 1)
}

/// Writes changed values with their past.
pub(super) async fn change<T: Entry>(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    row: EntryRow,
    (before, after): (&T, &T),
    region: RegionCode,
    act: DirectoryAct,
) -> AppResult<()> {
    let by = by(ctx, actor);
    let (was, is) = difference(before, after)?;
    let entry = row.id;
    let row = EntryRow { updated_at: by.at, ..entry::with_values(row, after, region)? };
    let revision = row.revision + 1;
    if !entry::save(tx, row, Some(after)).await? {
        return Err(Refusal::conflict().into());
    }
    let change = NewChange { entry, act, before: Some(was), after: Some(is), import: None, revision };
    Ok(history::append(tx, &by, vec![change]).await?)
}

/// Takes an entry out of the lists; its page stays, and it can be put back.
///
/// # Errors
/// A refusal when who asks may not, or somebody else was quicker.
pub async fn void<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId, revision: i32) -> AppResult<()> {
    turn::<T>(ctx, actor, id, revision, (State::Active, State::Voided), DirectoryAct::Voided, "directory.void").await
}

/// Puts back what was taken out.
///
/// # Errors
/// A refusal when who asks may not, or somebody else was quicker.
pub async fn restore<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId, revision: i32) -> AppResult<()> {
    turn::<T>(ctx, actor, id, revision, (State::Voided, State::Active), DirectoryAct::Restored, "directory.restore")
        .await
}

async fn turn<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    id: EntryId,
    revision: i32,
    (from, to): (State, State),
    act: DirectoryAct,
    action: &str,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = editable::<T>(&tx, actor, id, revision).await?;
    if row.state != from {
        return Err(Refusal::conflict().into());
    }
    let by = by(ctx, actor);
    let entry: T = values(&row)?;
    let row = EntryRow { state: to, updated_at: by.at, ..row };
    if !entry::save(&tx, row, (to == State::Active).then_some(&entry)).await? {
        return Err(Refusal::conflict().into());
    }
    let change = NewChange { entry: id, act, before: None, after: None, import: None, revision: revision + 1 };
    history::append(&tx, &by, vec![change]).await?;
    finish::<T>(ctx, tx, actor, action, id).await
}

/// Log, event, commit.
pub(super) async fn finish<T: Entry>(ctx: &Ctx, tx: Tx, actor: &Actor, action: &str, id: EntryId) -> AppResult<()> {
    let subject = format!("{}:{id}", T::KIND.code());
    ctx.publish(&tx, "directory", &serde_json::json!({ "list": T::KIND.code(), "id": id })).await?;
    log::record(ctx, &tx, actor, action, &subject, serde_json::json!({})).await?;
    ctx.commit(tx).await
}

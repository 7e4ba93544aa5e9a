//! Links between entries: member of, employed by, leads, stationed at, hosts, supervises.

use std::collections::HashMap;

use keqiao_access::{Actor, may};
use keqiao_base::{EntryId, Refusal, RelationId};
use keqiao_directory::{Entry, ListKind, RelationKind};
use keqiao_sheet::Value;
use keqiao_sheet::check::NoPlaces;
use keqiao_store::Tx;
use keqiao_store::directory::history::{self, NewChange};
use keqiao_store::directory::{DirectoryAct, EntryRow, Relation, State, entry, relation};

use super::edit::finish;
use super::{Named, by, seen};
use crate::context::Ctx;
use crate::error::AppResult;

/// A link as the page of one of its ends shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The link.
    pub link: Relation,
    /// Whether it is read from the entry whose page it is.
    pub forward: bool,
    /// The other end.
    pub other: Named,
}

/// The links of an entry whose other end who asks may see.
///
/// # Errors
/// A refusal when there is no such entry that who asks may see.
pub async fn links<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId) -> AppResult<Vec<Linked>> {
    seen::<T>(ctx.db.read(), actor, id).await?;
    let links = relation::of(ctx.db.read(), id).await?;
    let other = |l: &Relation| if l.from_entry == id { l.to_entry } else { l.from_entry };
    let ids: Vec<EntryId> = links.iter().map(other).collect();
    let rows = entry::load_many(ctx.db.read(), &ids).await?;
    let rows: HashMap<EntryId, Named> =
        rows.iter().filter(|r| may::see_entry(actor, r.region)).map(|r| (r.id, Named::from(r))).collect();
    let linked = links.into_iter().filter_map(|link| {
        let other = rows.get(&other(&link)).cloned()?;
        Some(Linked { forward: link.from_entry == id, link, other })
    });
    Ok(linked.collect())
}

/// Links an entry to an organisation.
///
/// # Errors
/// A refusal when who asks may not change the entry, or the link makes no sense.
pub async fn link<T: Entry>(
    ctx: &Ctx,
    actor: &Actor,
    from: EntryId,
    kind: RelationKind,
    to: EntryId,
    (since, until): (&str, &str),
) -> AppResult<RelationId> {
    let day = |field: &str, text: &str| {
        let read = Value::Date.read(text, &NoPlaces);
        read.map_err(|why| Refusal::field("directory.link", field, why.zh, why.en))
    };
    let (since, until) = (day("since", since)?, day("until", until)?);
    let allowed = match T::KIND {
        ListKind::People => RelationKind::OF_PERSON,
        ListKind::Organisations => RelationKind::OF_ORGANISATION,
    };
    if !allowed.contains(&kind) || from == to {
        let (zh, en) = ("这种关系不能这样建立，请重新选择。", "This link cannot be made like this. Choose again.");
        return Err(Refusal::field("directory.link", "kind", zh, en).into());
    }
    if !until.is_empty() && until < since {
        let (zh, en) = ("结束日期早于开始日期。", "The end is before the beginning.");
        return Err(Refusal::field("directory.link", "until", zh, en).into());
    }
    let tx = ctx.begin().await?;
    let row = seen::<T>(&tx, actor, from).await?;
    actor.must(may::edit_entry(actor, row.region))?;
    let other = entry::load(&tx, to).await?.filter(|o| o.list == ListKind::Organisations && o.state == State::Active);
    let other = other.filter(|o| may::see_entry(actor, o.region));
    let no_other = || {
        Refusal::field(
            "directory.link",
            "to",
            "没有找到这个单位，请从列表中选。",
            "No such organisation. Choose one from the list.",
        )
    };
    let other = other.ok_or_else(no_other)?;
    let id = RelationId::new(&*ctx.clock, &*ctx.entropy);
    let link = Relation { id, kind, from_entry: from, to_entry: to, since, until, created_at: ctx.now() };
    if !relation::insert(&tx, link.clone()).await? {
        let (zh, en) = ("这个关系已经有了。", "This link stands already.");
        return Err(Refusal::field("directory.link", "to", zh, en).into());
    }
    note(ctx, &tx, actor, &link, &[row, other], DirectoryAct::Linked).await?;
    finish::<T>(ctx, tx, actor, "directory.link", from).await?;
    Ok(id)
}

/// Removes a link; that it was there stays in the past of both ends.
///
/// # Errors
/// A refusal when there is none, or who asks may change neither end.
pub async fn unlink<T: Entry>(ctx: &Ctx, actor: &Actor, from: EntryId, id: RelationId) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let row = seen::<T>(&tx, actor, from).await?;
    actor.must(may::edit_entry(actor, row.region))?;
    let link = relation::load(&tx, id).await?.filter(|l| l.from_entry == from || l.to_entry == from);
    let link = link.ok_or_else(Refusal::not_found)?;
    let ends = entry::load_many(&tx, &[link.from_entry, link.to_entry]).await?;
    relation::remove(&tx, id).await?;
    note(ctx, &tx, actor, &link, &ends, DirectoryAct::Unlinked).await?;
    finish::<T>(ctx, tx, actor, "directory.unlink", from).await
}

/// Both ends remember. Their revisions count it, so that undoing an import does not take out what was linked since.
async fn note(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    link: &Relation,
    ends: &[EntryRow],
    act: DirectoryAct,
) -> AppResult<()> {
    let by = by(ctx, actor);
    let mut changes = Vec::new();
    for end in ends {
        entry::touch(tx, end.id, by.at).await?;
        let other = ends.iter().find(|o| o.id != end.id).map_or("", |o| o.name.as_str());
        let what = serde_json::json!({ "kind": link.kind, "forward": link.from_entry == end.id, "name": other });
        let what = Some(what.to_string());
        let (before, after) = if act == DirectoryAct::Linked { (None, what) } else { (what, None) };
        changes.push(NewChange { entry: end.id, act, before, after, import: None, revision: end.revision + 1 });
    }
    Ok(history::append(tx, &by, changes).await?)
}

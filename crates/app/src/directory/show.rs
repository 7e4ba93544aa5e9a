//! One entry with its past; contacts masked, and in clear to those who may see them, each look in the log.

use std::collections::BTreeMap;

use keqiao_access::{Actor, may};
use keqiao_base::{EntryId, ImportId, Moment, Refusal};
use keqiao_directory::{Entry, ListKind, RelationKind};
use keqiao_sheet::Column;
use keqiao_store::directory::{Change, DirectoryAct, State, entry, history as past};
use serde::Deserialize;

use super::list::{Listed, listed};
use super::{masked_value, seen, values};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// One entry as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown<T> {
    /// The entry, contacts masked.
    pub listed: Listed<T>,
    /// Where it went, when it was merged.
    pub merged_into: Option<EntryId>,
    /// Whether who asks may change it.
    pub may_edit: bool,
    /// Whether who asks may see contacts in clear.
    pub may_reveal: bool,
}

/// One entry.
///
/// # Errors
/// A refusal when there is none that who asks may see.
pub async fn load<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId) -> AppResult<Shown<T>> {
    let row = seen::<T>(ctx.db.read(), actor, id).await?;
    Ok(Shown {
        listed: listed(&row)?,
        merged_into: row.merged_into,
        may_edit: row.state == State::Active && may::edit_entry(actor, row.region),
        may_reveal: may::reveal_contacts(actor, row.region),
    })
}

/// In which list an entry stands.
///
/// # Errors
/// A refusal when there is none that who asks may see.
pub async fn which(ctx: &Ctx, actor: &Actor, id: EntryId) -> AppResult<ListKind> {
    actor.must(may::see_directory(actor))?;
    let row = entry::load(ctx.db.read(), id).await?.filter(|row| may::see_entry(actor, row.region));
    row.map(|row| row.list).ok_or_else(|| Refusal::not_found().into())
}

/// One change in the past of an entry.
#[derive(Clone, Debug)]
pub struct Past {
    /// When.
    pub at: Moment,
    /// Who, as they were called then.
    pub who: String,
    /// What.
    pub act: DirectoryAct,
    /// In which import.
    pub import: Option<ImportId>,
    /// What differs; contacts are masked. Empty when the entry was made.
    pub differences: Vec<Difference>,
    /// The link that was made or removed: kind, whether it leads from here, the other end.
    pub link: Option<PastLink>,
}

/// One value that changed.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The column.
    pub column: &'static Column,
    /// Before, as stored.
    pub before: String,
    /// After, as stored.
    pub after: String,
}

/// A link in the past.
#[derive(Clone, Debug, Deserialize)]
pub struct PastLink {
    /// Kind.
    pub kind: RelationKind,
    /// Whether it led from this entry.
    pub forward: bool,
    /// The name that the other end had.
    pub name: String,
}

/// The past of an entry, newest first. Contacts in it are masked like those of the entry.
///
/// # Errors
/// A refusal when there is none that who asks may see.
pub async fn history<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId) -> AppResult<Vec<Past>> {
    seen::<T>(ctx.db.read(), actor, id).await?;
    Ok(past::of(ctx.db.read(), id).await?.into_iter().map(told::<T>).collect())
}

fn told<T: Entry>(change: Change) -> Past {
    let read = |json: &Option<String>| -> BTreeMap<String, String> {
        json.as_deref().and_then(|j| serde_json::from_str(j).ok()).unwrap_or_default()
    };
    let (before, after) = (read(&change.before), read(&change.after));
    let value =
        |side: &BTreeMap<String, String>, c: &Column| masked_value(c, side.get(c.key).map_or("", String::as_str));
    let named = |c: &&'static Column| before.contains_key(c.key) || after.contains_key(c.key);
    let differences = match change.before {
        None => Vec::new(),
        Some(_) => {
            let differ = |column| Difference { column, before: value(&before, column), after: value(&after, column) };
            T::columns()
                .iter()
                .filter(named)
                .map(differ)
                .filter(|d| d.column.private() || d.before != d.after)
                .collect()
        }
    };
    let link = change.after.as_deref().or(change.before.as_deref()).and_then(|j| serde_json::from_str(j).ok());
    Past { at: change.at, who: change.account_name, act: change.act, import: change.import, differences, link }
}

/// One entry with its contacts in clear. That somebody looked is in the log before they see anything.
///
/// # Errors
/// A refusal when who asks may not see them.
pub async fn reveal<T: Entry>(ctx: &Ctx, actor: &Actor, id: EntryId) -> AppResult<T> {
    let row = seen::<T>(ctx.db.read(), actor, id).await?;
    actor.must(may::reveal_contacts(actor, row.region))?;
    let tx = ctx.begin().await?;
    let subject = format!("{}:{id}", T::KIND.code());
    log::record(ctx, &tx, actor, "contacts.reveal", &subject, serde_json::json!({ "revision": row.revision })).await?;
    ctx.commit(tx).await?;
    values(&row)
}

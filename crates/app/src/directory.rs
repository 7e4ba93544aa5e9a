//! The directory (科协基础信息数据库): lists, entries, links, exports, imports. Contacts are masked unless somebody who may see them
//! asks; each look is in the log.

mod edit;
mod export;
pub mod import;
mod link;
mod list;
mod merge;
mod show;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use keqiao_access::{Actor, RegionCode, mask, may};
use keqiao_base::{EntryId, ImportId, Refusal};
use keqiao_directory::{Entry, ListKind};
use keqiao_sheet::{Column, Places, Value};
use keqiao_store::ConnectionTrait;
use keqiao_store::directory::{EntryRow, entry, history};

use crate::context::Ctx;
use crate::error::{AppError, AppResult};

pub use edit::{create, edit, restore, void};
pub(crate) use export::Out;
pub use export::{Format, export, template};
pub use keqiao_store::directory::entry::Sort;
pub use keqiao_store::directory::{DirectoryAct, State};
pub use link::{Linked, link, links, unlink};
pub use list::{Asked, Counts, Listed, counts, list, list_after, suggest};
pub use merge::merge;
pub use show::{Difference, Past, PastLink, Shown, history, load, reveal, which};

/// Regions as `access` knows them; a bare name is looked for near the region of who asks.
#[derive(Clone, Copy, Debug)]
pub struct Regions(pub Option<RegionCode>);

impl Places for Regions {
    fn code(&self, text: &str) -> Option<String> {
        RegionCode::find(text, self.0).map(RegionCode::code)
    }

    fn name(&self, code: &str) -> Option<String> {
        code.parse::<RegionCode>().ok().map(RegionCode::full_name)
    }
}

/// How far imports are in this process: rows done, rows in all. What runs in another process shows the progress of its job.
#[derive(Debug, Default)]
pub struct Progress(Mutex<HashMap<ImportId, (usize, usize)>>);

impl Progress {
    fn set(&self, import: ImportId, done: usize, of: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(import, (done, of));
    }

    fn end(&self, import: ImportId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&import);
    }

    /// Rows done and rows in all, while an import runs here.
    pub fn of(&self, import: ImportId) -> Option<(usize, usize)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&import).copied()
    }
}

/// By whom, for the history.
fn by(ctx: &Ctx, actor: &Actor) -> history::By {
    let name = actor.signed().map_or_else(String::new, |s| s.name.clone());
    history::By { account: actor.account(), name, at: ctx.now() }
}

/// The entry of a row; what another version wrote and this one does not know stays empty.
fn values<T: Entry>(row: &EntryRow) -> AppResult<T> {
    Ok(serde_json::from_str(&row.data)?)
}

/// The row of an entry that who asks may see. Of another list, voided and seen from outside, or of another region: not found.
async fn seen<T: Entry>(db: &impl ConnectionTrait, actor: &Actor, id: EntryId) -> AppResult<EntryRow> {
    actor.must(may::see_directory(actor))?;
    let row = entry::load(db, id).await?.filter(|row| row.list == T::KIND);
    match row {
        Some(row) if may::see_entry(actor, row.region) => Ok(row),
        _ => Err(Refusal::not_found().into()),
    }
}

/// The row of an active entry that who asks may change, at the revision that they saw.
async fn editable<T: Entry>(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: EntryId,
    revision: i32,
) -> AppResult<EntryRow> {
    let row = seen::<T>(db, actor, id).await?;
    actor.must(may::edit_entry(actor, row.region))?;
    if row.revision != revision { Err(Refusal::conflict().into()) } else { Ok(row) }
}

/// Phone and mail as they are shown to everybody.
fn masked<T: Entry>(mut entry: T) -> T {
    for column in T::columns().iter().filter(|c| c.private()) {
        let shown = masked_value(column, entry.get(column.key));
        entry.set(column.key, shown);
    }
    entry
}

fn masked_value(column: &Column, value: &str) -> String {
    match column.value {
        _ if !column.private() || value.is_empty() => value.to_owned(),
        Value::Phones => value.split('、').map(mask::phone).collect::<Vec<_>>().join("、"),
        Value::Email => mask::email(value),
        _ => mask::hidden(value),
    }
}

/// The region that an entry names, or the one given.
fn region_of<T: Entry>(entry: &T, otherwise: RegionCode) -> RegionCode {
    entry.get("region").parse().unwrap_or(otherwise)
}

/// What differs, as JSON of the columns that differ: before and after.
fn difference<T: Entry>(before: &T, after: &T) -> AppResult<(String, String)> {
    let pick = |entry: &T| {
        let pairs = before.changed(after).into_iter().map(|c| (c.key, entry.get(c.key).to_owned()));
        serde_json::to_string(&pairs.collect::<std::collections::BTreeMap<_, _>>())
    };
    Ok((pick(before)?, pick(after)?))
}

/// Takes the other's values where this one has none, and all of both lists.
fn filled<T: Entry>(mut entry: T, other: &T, other_wins: bool) -> T {
    for column in T::columns() {
        let (mine, theirs) = (entry.get(column.key).to_owned(), other.get(column.key));
        let value = match column.value {
            _ if theirs.is_empty() || mine == theirs => continue,
            Value::List(max) => {
                let mut all: Vec<&str> = mine.split('、').chain(theirs.split('、')).filter(|w| !w.is_empty()).collect();
                let mut seen = std::collections::HashSet::new();
                all.retain(|w| seen.insert(*w));
                all.truncate(max);
                all.join("、")
            }
            _ if mine.is_empty() || other_wins => theirs.to_owned(),
            _ => continue,
        };
        entry.set(column.key, value);
    }
    entry
}

/// A refusal at the fields that the notes are on.
fn refused(notes: Vec<keqiao_sheet::check::Note>) -> AppError {
    let field = |n: keqiao_sheet::check::Note| keqiao_base::FieldError { field: n.key, message: n.message };
    Refusal::fields("directory.invalid", notes.into_iter().map(field).collect()).into()
}

/// An entry as it is named elsewhere: among links, counterparts, suggestions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Id.
    pub id: EntryId,
    /// The list it stands in.
    pub list: ListKind,
    /// Its name.
    pub name: String,
    /// Kind of organisation; empty for people.
    pub kind: String,
    /// Its region.
    pub region: RegionCode,
    /// Whether it is in the lists.
    pub active: bool,
}

impl From<&EntryRow> for Named {
    fn from(row: &EntryRow) -> Self {
        let (name, kind) = (row.name.clone(), row.kind.clone());
        Named { id: row.id, list: row.list, name, kind, region: row.region, active: row.state == State::Active }
    }
}

//! Kept searches, and how much is new in them: counted while listings come in, shown on the first page, forgotten once looked at.

use std::collections::HashMap;

use keqiao_access::{Actor, may};
use keqiao_base::{AccountId, Kind, Moment, Refusal, SavedSearchId};
use keqiao_exchange::choice::ListingState;
use keqiao_i18n::Bilingual;
use keqiao_search::explain::explain;
use keqiao_search::{Collection, Document, Key, Query, Searcher};
use keqiao_store::exchange::listing::{self, Listing};
use keqiao_store::exchange::saved::{self, SavedSearch};

use super::card::content_of;
use super::finder::{Wanted, document, percent, text_of};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::performance::{Reminder, ReminderKind};

/// The most searches that an account keeps.
pub const SAVED_MAX: u64 = 20;
/// Characters of a name.
const TITLE_MAX: usize = 40;
/// Days for which new listings are counted.
const FRESH_DAYS: i64 = 30;
/// The most that are counted.
const FRESH_MAX: usize = 99;
/// The share of the words, in per cent, that a new listing must hold to be one that was waited for.
const COVERED: i32 = 50;
/// Rows that are read at a time, and the most listings that are looked at.
const BATCH: u64 = 500;
const LISTINGS_MAX: usize = 20_000;

/// Keeps a search; one that is kept already is only named anew.
///
/// # Errors
/// A refusal when nobody is signed in, or too many are kept.
pub async fn keep_search(ctx: &Ctx, actor: &Actor, wanted: &Wanted, title: &str) -> AppResult<()> {
    let me = actor.must(may::publish(actor))?.account;
    let title: String = title.trim().chars().filter(|c| !c.is_control()).take(TITLE_MAX).collect();
    let title = if title.is_empty() { wanted.title().chars().take(TITLE_MAX).collect() } else { title };
    let query = wanted.query();
    let tx = ctx.begin().await?;
    let own = saved::of(&tx, me).await?;
    match own.iter().find(|s| s.query == query) {
        Some(there) => saved::save(&tx, SavedSearch { title, ..there.clone() }).await?,
        None if own.len() as u64 >= SAVED_MAX => return Err(too_many().into()),
        None => {
            let (now, id) = (ctx.now(), SavedSearchId::new(&*ctx.clock, &*ctx.entropy));
            let kept = SavedSearch { id, account_id: me, title, query, seen_at: now, fresh: 0, created_at: now };
            saved::insert(&tx, kept).await?;
        }
    }
    ctx.commit(tx).await
}

fn too_many() -> Refusal {
    let zh = format!("最多保存 {SAVED_MAX} 个检索，请先删除不用的。");
    Refusal::new(Kind::Conflict, "saved.full", zh, format!("At most {SAVED_MAX} searches are kept. Remove one first."))
}

/// The searches of who asks.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn saved_searches(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<SavedSearch>> {
    let me = actor.must(may::publish(actor))?.account;
    Ok(saved::of(ctx.db.read(), me).await?)
}

/// Opens a kept search: what was new in it is seen. Returns its query.
///
/// # Errors
/// A refusal when the actor keeps none of that id.
pub async fn open_search(ctx: &Ctx, actor: &Actor, id: SavedSearchId) -> AppResult<String> {
    let tx = ctx.begin().await?;
    let kept = own(&tx, actor, id).await?;
    let query = kept.query.clone();
    saved::save(&tx, SavedSearch { seen_at: ctx.now(), fresh: 0, ..kept }).await?;
    ctx.commit(tx).await?;
    Ok(query)
}

/// Forgets a kept search.
///
/// # Errors
/// A refusal when the actor keeps none of that id.
pub async fn forget_search(ctx: &Ctx, actor: &Actor, id: SavedSearchId) -> AppResult<()> {
    let tx = ctx.begin().await?;
    own(&tx, actor, id).await?;
    saved::remove(&tx, id).await?;
    ctx.commit(tx).await
}

async fn own(db: &impl keqiao_store::ConnectionTrait, actor: &Actor, id: SavedSearchId) -> AppResult<SavedSearch> {
    let me: AccountId = actor.must(may::publish(actor))?.account;
    let found = saved::load(db, id).await?.filter(|s| s.account_id == me);
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// A reminder for each kept search in which something is new.
///
/// # Errors
/// When the database does not answer.
pub async fn reminders(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Reminder>> {
    let Some(me) = actor.account() else { return Ok(Vec::new()) };
    let fresh = saved::of(ctx.db.read(), me).await?.into_iter().filter(|s| s.fresh > 0);
    let reminder = |s: SavedSearch| {
        let n = if s.fresh as usize >= FRESH_MAX { format!("{FRESH_MAX}+") } else { s.fresh.to_string() };
        Reminder {
            kind: ReminderKind::Fresh,
            href: format!("/exchange/saved/{}", s.id),
            text: Bilingual::new(format!("{}：新增{n}条", s.title), format!("{}: {n} new", s.title)),
            urgent: false,
            due: None,
        }
    };
    Ok(fresh.map(reminder).collect())
}

/// Counts what is new in every kept search. The count is made anew each time, so several servers may do it at once.
///
/// # Errors
/// When the database does not answer.
pub async fn count_fresh(ctx: &Ctx) -> AppResult<()> {
    let Some(mut fresh) = Fresh::read(ctx).await? else { return Ok(()) };
    let mut last = None;
    loop {
        let batch = saved::after(ctx.db.read(), last, BATCH).await?;
        let Some(row) = batch.last() else { break };
        last = Some(row.id);
        let (back, changed) = tokio::task::spawn_blocking(move || {
            let counted = batch.into_iter().map(|s| (s.fresh, SavedSearch { fresh: fresh.count(&s), ..s }));
            let changed: Vec<SavedSearch> = counted.filter(|(was, s)| *was != s.fresh).map(|(_, s)| s).collect();
            (fresh, changed)
        })
        .await?;
        fresh = back;
        if !changed.is_empty() {
            let tx = ctx.begin().await?;
            for kept in changed {
                // Opened meanwhile, or forgotten: then it is not ours to write.
                if saved::load(&tx, kept.id).await?.is_some_and(|now| now.seen_at == kept.seen_at) {
                    saved::save(&tx, kept).await?;
                }
            }
            ctx.commit(tx).await?;
        }
    }
    Ok(())
}

/// What was listed of late, by itself.
struct Fresh {
    collection: Collection,
    rows: HashMap<Key, Late>,
    searcher: Searcher,
}

/// One listing of late.
struct Late {
    at: Moment,
    owner: Option<AccountId>,
    publisher: AccountId,
    text: String,
}

impl Fresh {
    async fn read(ctx: &Ctx) -> AppResult<Option<Fresh>> {
        let since = ctx.now().plus_days(-FRESH_DAYS);
        let mut rows: Vec<Listing> = Vec::new();
        let mut last = None;
        loop {
            let batch = listing::changed_since(ctx.db.read(), since, last, BATCH).await?;
            let Some(row) = batch.last() else { break };
            last = Some((row.updated_at, row.id));
            let of_late = |l: &Listing| l.state == ListingState::Listed && l.listed_at.is_some_and(|at| at >= since);
            rows.extend(batch.into_iter().filter(of_late));
        }
        let spare = rows.len().saturating_sub(LISTINGS_MAX);
        rows.drain(..spare);
        if rows.is_empty() { Ok(None) } else { Ok(Some(tokio::task::spawn_blocking(|| Fresh::of(rows)).await?)) }
    }

    fn of(rows: Vec<Listing>) -> Fresh {
        let documents: Vec<_> = rows.iter().map(|row| document(row, &content_of(row))).collect();
        let late = |(row, document): (Listing, &Document)| {
            let text = text_of(&document.title, &document.text);
            Some((document.key, Late { at: row.listed_at?, owner: row.owner_id, publisher: row.publisher_id, text }))
        };
        let known = rows.into_iter().zip(&documents).filter_map(late).collect();
        Fresh { rows: known, collection: Collection::build(&documents), searcher: Searcher::default() }
    }

    /// How many a kept search has that were listed since it was looked at, by others than who keeps it.
    fn count(&mut self, kept: &SavedSearch) -> i32 {
        let (wanted, me) = (Wanted::read(&kept.query), kept.account_id);
        let keys: Vec<Key> = if wanted.words.is_empty() {
            self.collection.latest(&wanted.choice(), 0, LISTINGS_MAX).keys
        } else {
            let query = Query { text: &wanted.words, choice: wanted.choice(), limit: 300, ..Query::default() };
            self.searcher.search(&self.collection, &query).hits.into_iter().map(|hit| hit.key).collect()
        };
        let others = |late: &&Late| late.at > kept.seen_at && late.owner != Some(me) && late.publisher != me;
        let late = keys.iter().filter_map(|key| self.rows.get(key)).filter(others);
        let held = |late: &&Late| {
            wanted.words.is_empty() || percent(explain(&self.collection, &wanted.words, &late.text).covered) >= COVERED
        };
        i32::try_from(late.filter(held).take(FRESH_MAX).count()).unwrap_or(0)
    }
}

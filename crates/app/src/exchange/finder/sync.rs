//! Keeping the index in step with the database: built once, then whatever changed. It asks the database and not only the events of its own
//! process, so several servers on one database hold the same.

use std::collections::HashMap;
use std::time::Duration;

use keqiao_base::{ListingId, Moment};
use keqiao_exchange::choice::ListingState;
use keqiao_store::exchange::listing::{self, Listing, ListingFilter};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::shelf::Shelf;
use super::{learnt, vectors};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::events::Event;
use crate::exchange::saved;

/// How often the database is asked when nobody in this process wrote.
const PAUSE: Duration = Duration::from_secs(1);
/// How often kept searches are counted anew while listings come in.
const COUNT_PAUSE: Duration = Duration::from_secs(30);
/// Listings that are read at a time.
const BATCH: u64 = 500;
/// Seconds before the newest change that are read again: what was written later may bear an earlier moment, since a moment is taken before
/// the commit, and clocks of servers differ.
const OVERLAP: i64 = 30;

/// How far the changes were read.
#[derive(Debug, Default)]
pub(super) struct Pass {
    newest: Option<Moment>,
    /// What was read within the overlap, by its revision.
    taken: HashMap<ListingId, (i32, Moment)>,
}

/// Follows the database until told to stop.
pub async fn run(ctx: Ctx, stop: CancellationToken) {
    let filling = tokio::spawn(vectors::run(ctx.clone(), stop.clone()));
    let mut changes = ctx.events.listen();
    let mut counted = Instant::now();
    let mut due = true;
    loop {
        match sync(&ctx).await {
            Ok(fresh) => due |= fresh > 0,
            Err(error) => tracing::warn!(%error, "the index does not follow the database"),
        }
        if due && counted.elapsed() >= COUNT_PAUSE {
            (due, counted) = (false, Instant::now());
            if let Err(error) = saved::count_fresh(&ctx).await {
                tracing::warn!(%error, "kept searches were not counted");
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = heard(&mut changes) => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    filling.abort();
}

/// Waits for a change of the exchange.
async fn heard(changes: &mut Receiver<std::sync::Arc<Event>>) {
    loop {
        match changes.recv().await {
            Ok(event) if event.topic == "exchange" => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Takes in what changed since the last time; builds the index when there is none, or when too much of it is gone. Returns how many
/// listings can be found that could not before.
///
/// # Errors
/// When the database does not answer.
pub async fn sync(ctx: &Ctx) -> AppResult<usize> {
    let mut pass = ctx.finder.pass.lock().await;
    let worn = ctx.finder.read().is_worn();
    if pass.newest.is_none() || worn {
        build(ctx, &mut pass).await?;
    }
    let fresh = follow(ctx, &mut pass).await?;
    // Not only of what is fresh: what was changed has lost its vector, too.
    if !ctx.finder.read().bare.is_empty() {
        ctx.finder.waiting.notify_one();
    }
    Ok(fresh)
}

/// Reads everything and makes every vector that is missing: for work that does not wait for a server.
///
/// # Errors
/// When the database does not answer, or the model.
pub async fn fill(ctx: &Ctx) -> AppResult<()> {
    sync(ctx).await?;
    vectors::fill(ctx).await
}

async fn build(ctx: &Ctx, pass: &mut Pass) -> AppResult<()> {
    let begun = ctx.now();
    let filter = ListingFilter {
        states: vec![ListingState::Listed, ListingState::Waiting, ListingState::Frozen],
        ..ListingFilter::default()
    };
    let mut shelf = Shelf::default();
    (shelf.collection.weights, shelf.learnt) = learnt::weights(&ctx.settings.data);
    let mut last = None;
    loop {
        let rows = listing::after(ctx.db.read(), &filter, last, BATCH).await?;
        let Some(row) = rows.last() else { break };
        last = Some(row.id);
        shelf = tokio::task::spawn_blocking(move || {
            shelf.take(&rows);
            shelf
        })
        .await?;
    }
    shelf.ready = true;
    let listings = shelf.collection.len();
    let own = ctx.clone();
    tokio::task::spawn_blocking(move || {
        shelf.collection.inherit_vectors(&own.finder.read().collection);
        *own.finder.write() = shelf;
    })
    .await?;
    *pass = Pass { newest: Some(begun), taken: HashMap::new() };
    tracing::info!(listings, "the index of listings was built");
    Ok(())
}

async fn follow(ctx: &Ctx, pass: &mut Pass) -> AppResult<usize> {
    let since = |newest: Option<Moment>| newest.unwrap_or(ctx.now()).plus_seconds(-OVERLAP);
    let from = since(pass.newest);
    let (mut fresh, mut last) = (0, None);
    loop {
        let rows = listing::changed_since(ctx.db.read(), from, last, BATCH).await?;
        let Some(row) = rows.last() else { break };
        last = Some((row.updated_at, row.id));
        let whole = rows.len() as u64 == BATCH;
        fresh += take(ctx, pass, rows).await?;
        if !whole {
            break;
        }
    }
    let from = since(pass.newest);
    pass.taken.retain(|_, (_, at)| *at >= from);
    Ok(fresh)
}

/// Takes in those of the rows that were not taken in as they stand now.
async fn take(ctx: &Ctx, pass: &mut Pass, rows: Vec<Listing>) -> AppResult<usize> {
    let now = ctx.now();
    let known = |row: &Listing| pass.taken.get(&row.id).is_some_and(|(revision, _)| *revision == row.revision);
    let rows: Vec<Listing> = rows.into_iter().filter(|row| !known(row)).collect();
    for row in &rows {
        pass.taken.insert(row.id, (row.revision, row.updated_at));
        // A clock that is ahead must not make us deaf to the others.
        pass.newest = pass.newest.max(Some(row.updated_at.min(now)));
    }
    if rows.is_empty() {
        return Ok(0);
    }
    let ctx = ctx.clone();
    Ok(tokio::task::spawn_blocking(move || ctx.finder.write().take(&rows)).await?)
}

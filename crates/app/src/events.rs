//! Live changes: one task per process reads new rows of `event` and hands them to whoever listens. It reads from the database, so
//! several servers on one database hear each other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use keqiao_store::event;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use crate::context::Ctx;

pub use keqiao_store::entity::event::Model as Event;

/// How often the database is asked when nobody in this process wrote.
const PAUSE: Duration = Duration::from_secs(1);
/// Numbers below the newest that are read again: on PostgreSQL a lower number may be committed later.
const OVERLAP: i64 = 200;
/// How long events are kept, days.
const KEPT_DAYS: i64 = 2;

/// The hub that listeners subscribe to.
#[derive(Debug)]
pub struct Events {
    sender: broadcast::Sender<Arc<Event>>,
    written: Notify,
}

impl Default for Events {
    fn default() -> Self {
        Events::new()
    }
}

impl Events {
    /// A hub without listeners.
    pub fn new() -> Self {
        Events { sender: broadcast::channel(1024).0, written: Notify::new() }
    }

    /// Everything from now on; a listener that is too slow loses the oldest and is told so.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Event>> {
        self.sender.subscribe()
    }

    /// Something was written: look now.
    pub fn wake(&self) {
        self.written.notify_one();
    }
}

/// Hands on new events until told to stop.
pub async fn run(ctx: Ctx, stop: CancellationToken) {
    let mut newest = None;
    let mut handed = BTreeSet::new();
    loop {
        match hand_on(&ctx, &mut newest, &mut handed).await {
            Ok(()) => {}
            Err(error) => tracing::warn!(%error, "events cannot be read"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = ctx.events.written.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn hand_on(ctx: &Ctx, newest: &mut Option<i64>, handed: &mut BTreeSet<i64>) -> Result<(), keqiao_store::DbErr> {
    let Some(seen) = *newest else {
        *newest = Some(event::newest(ctx.db.read()).await?);
        return Ok(());
    };
    let from = handed.first().copied().unwrap_or(seen + 1) - 1;
    for row in event::after(ctx.db.read(), from.max(seen - OVERLAP)).await? {
        if row.seq > seen - OVERLAP && handed.insert(row.seq) {
            *newest = (*newest).max(Some(row.seq));
            // An error only means that nobody listens.
            let _ = ctx.events.sender.send(Arc::new(row));
        }
    }
    while handed.len() > usize::try_from(OVERLAP).unwrap_or(usize::MAX) {
        handed.pop_first();
    }
    Ok(())
}

/// Forgets what is too old to be listened for.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_old(ctx: &Ctx) -> crate::AppResult<()> {
    let tx = ctx.begin().await?;
    event::forget_before(&tx, ctx.now().plus_days(-KEPT_DAYS)).await?;
    Ok(tx.commit().await?)
}

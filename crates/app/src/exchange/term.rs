//! Nothing stays listed that nobody confirms: one tap renews, silence expires, silence for as long again puts away.

use keqiao_access::Actor;
use keqiao_base::ListingId;
use keqiao_exchange::choice::{ListingAct, ListingKind};
use keqiao_exchange::life;
use keqiao_exchange::listing::{Cells, Content};
use keqiao_store::exchange::listing::{self, Listing};
use serde_json::json;

use super::{finish, kept, led, store};
use crate::context::Ctx;
use crate::error::AppResult;

/// How many are dealt with in one transaction.
const BATCH: u64 = 200;

/// The owner says that a listing still holds: its term begins anew.
///
/// # Errors
/// A refusal when the actor may not, or somebody changed it since `revision`.
pub async fn renew(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    let state = led(&before, ListingAct::Renewed)?;
    let cells: Cells = serde_json::from_str(&before.cells)?;
    let deadline = Content::read(before.kind, &cells).0.demand().and_then(|d| d.parts.deadline);
    let until = life::valid_until(before.kind, ctx.now().day(), deadline);
    let after = Listing { state, confirmed_at: Some(ctx.now()), valid_until: Some(until), ..before };
    store(ctx, &tx, actor, &after, revision, (ListingAct::Renewed, "")).await?;
    finish(ctx, tx, actor, "listing.renewed", &format!("listing:{id}"), json!({ "until": until })).await
}

/// Expires what nobody confirmed within its term, and puts away what nobody spoke of for as long again. Run again and again; each piece is a
/// transaction of its own.
///
/// # Errors
/// When the database does not answer.
pub async fn term_work(ctx: &Ctx) -> AppResult<()> {
    let machine = Actor::visitor("");
    loop {
        let tx = ctx.begin().await?;
        let overdue = listing::overdue(&tx, ctx.now().day(), BATCH).await?;
        for row in &overdue {
            let (state, revision) = (led(row, ListingAct::Expired)?, row.revision);
            let after = Listing { state, ..row.clone() };
            store(ctx, &tx, &machine, &after, revision, (ListingAct::Expired, "")).await?;
        }
        if overdue.is_empty() {
            break;
        }
        finish(ctx, tx, &machine, "listing.expired", "exchange", json!({ "listings": overdue.len() })).await?;
    }
    for kind in ListingKind::ALL.iter().copied() {
        let tx = ctx.begin().await?;
        let silent = listing::silent(&tx, kind, ctx.now().plus_days(-life::term(kind)), BATCH).await?;
        for row in &silent {
            let (state, revision) = (led(row, ListingAct::Archived)?, row.revision);
            let after = Listing { state, ..row.clone() };
            store(ctx, &tx, &machine, &after, revision, (ListingAct::Archived, "")).await?;
        }
        if !silent.is_empty() {
            finish(ctx, tx, &machine, "listing.archived", "exchange", json!({ "listings": silent.len() })).await?;
        }
    }
    Ok(())
}

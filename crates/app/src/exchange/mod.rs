//! The exchange (供需对接): listings from the draft to the archive, what officers decide about them, who may open what, who wants to talk to
//! whom, what is found and what fits whom and why, studios and bookings.

mod alike;
mod assignment;
mod booking;
mod card;
mod clarify;
mod file;
pub mod finder;
mod interest;
mod judgement;
mod learning;
mod matching;
mod publish;
mod quality;
mod reminder;
mod report;
mod review;
mod saved;
mod show;
mod studio;
mod term;

use keqiao_access::{Actor, may};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{ListingAct, ListingState};
use keqiao_exchange::life;
use keqiao_store::exchange::interest as interests;
use keqiao_store::exchange::listing::{self, Listing};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::{Value, json};

use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use alike::{Alike, Cluster, Member, alike, clusters, doubts};
pub use assignment::{
    AssignmentForm, Cost, DEMANDS_MAX, EXPERTS_MAX, Left, Placed, Plan, assignment, assignments, export_plan,
    plan_assignment, remove_assignment,
};
pub use booking::{BookingForm, answer_booking, book, booked, cancel_booking};
pub use card::{Card, Piece};
pub use clarify::{Answers, Round, RoundForm, Sorted, answer_round, ask_round, open_round, sorted, take_round_back};
pub use file::{FILE_BYTES_MAX, FILES_MAX, attach, detach, open_file};
pub use finder::{Results, Wanted, find};
pub use interest::{Answered, InterestForm, answer, express, open_contact, swear, withdraw};
pub use judgement::{Judged, judge};
pub use keqiao_exchange::clarify::QUESTIONS_MAX;
pub use learning::{Lesson, learn};
pub use matching::{Match, Matches, SharedTerm, matches, similar};
pub use publish::{ListingForm, Submitted, archive, begin, consent, save, submit};
pub use quality::{Line, Median, Quality, Share, quality};
pub use reminder::reminders;
pub use report::{decide, report};
pub use review::{Desk, appeal, desk, freeze, hear, pass, send_back};
pub use saved::{SAVED_MAX, count_fresh, forget_search, keep_search, open_search, saved_searches};
pub use show::{Own, Shown, content, own, show, version};
pub use studio::{
    StudioForm, StudioShown, close_studio, keep_studio, pass_studio, send_studio_back, show_studio, studios,
    studios_waiting,
};
pub use term::{renew, term_work};

/// A listing that the actor may see: what is listed everybody, the rest its keepers and the officers of its region.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, id: ListingId) -> AppResult<Listing> {
    let found = listing::load(db, id).await?;
    let visible = |l: &Listing| l.state == ListingState::Listed || is_kept(actor, l) || hidden_too(actor, l);
    // Whether there is such a listing is nobody else's business.
    Ok(found.filter(visible).ok_or_else(Refusal::not_found)?)
}

/// A listing that the actor may read, and whether as it was then: who was introduced under a version reads that one still when the listing
/// expired, was put away or is looked at anew. What was frozen was taken out for everybody.
async fn readable(db: &impl ConnectionTrait, actor: &Actor, id: ListingId) -> AppResult<(Listing, bool)> {
    use ListingState::{Archived, Expired, Returned, Waiting};
    let found = listing::load(db, id).await?.ok_or_else(Refusal::not_found)?;
    if found.state == ListingState::Listed || is_kept(actor, &found) || hidden_too(actor, &found) {
        return Ok((found, false));
    }
    let asked = match actor.account() {
        Some(account) if matches!(found.state, Archived | Expired | Returned | Waiting) => {
            interests::by(db, id, account).await?
        }
        _ => None,
    };
    let version = match asked {
        Some(asked) => listing::version(db, id, asked.version).await?,
        None => None,
    };
    let version = version.ok_or_else(Refusal::not_found)?;
    Ok((Listing { title: version.title, cells: version.cells, version: version.version, ..found }, true))
}

/// Whether the actor keeps it.
fn is_kept(actor: &Actor, listing: &Listing) -> bool {
    may::keep_listing(actor, listing.owner_id, listing.publisher_id)
}

fn hidden_too(actor: &Actor, listing: &Listing) -> bool {
    listing.state != ListingState::Draft && may::see_hidden_listing(actor, listing.region)
}

/// A listing that the actor keeps.
async fn kept(db: &impl ConnectionTrait, actor: &Actor, id: ListingId) -> AppResult<Listing> {
    let listing = seen(db, actor, id).await?;
    actor.must(is_kept(actor, &listing))?;
    Ok(listing)
}

/// A listing that the actor may decide about.
async fn judged(db: &impl ConnectionTrait, actor: &Actor, id: ListingId) -> AppResult<Listing> {
    let listing = seen(db, actor, id).await?;
    actor.must(may::review_listing(actor, listing.region, listing.owner_id, listing.publisher_id))?;
    Ok(listing)
}

/// Where an act leads, or the refusal that somebody was faster.
fn led(listing: &Listing, act: ListingAct) -> Result<ListingState, Refusal> {
    life::next(listing.state, act).ok_or_else(Refusal::conflict)
}

/// Saves a changed listing with its act, in the transaction; refuses when somebody changed it since `revision`.
async fn store(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    after: &Listing,
    revision: i32,
    (act, words): (ListingAct, &str),
) -> AppResult<()> {
    let after = Listing { updated_at: ctx.now(), ..after.clone() };
    let id = after.id;
    if !listing::save(tx, after, revision).await? {
        return Err(Refusal::conflict().into());
    }
    write_act(ctx, tx, actor, id, act, words).await
}

async fn write_act(ctx: &Ctx, tx: &Tx, actor: &Actor, id: ListingId, act: ListingAct, words: &str) -> AppResult<()> {
    let by = (actor.account(), actor.signed().map_or_else(String::new, |s| s.name.clone()));
    Ok(listing::act(tx, id, act, by, words.to_owned(), ctx.now()).await?)
}

/// Event, log entry, commit. What is said to browsers holds no words of people.
async fn finish(ctx: &Ctx, tx: Tx, actor: &Actor, action: &str, subject: &str, detail: Value) -> AppResult<()> {
    let change = json!({ "what": action, "subject": subject });
    ctx.publish(&tx, "exchange", &change).await?;
    ctx.publish(&tx, subject, &change).await?;
    log::record(ctx, &tx, actor, action, subject, detail).await?;
    ctx.commit(tx).await
}

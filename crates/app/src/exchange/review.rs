//! What officers decide: pass, send back, freeze; and the appeal, heard by an officer who did not freeze.

use keqiao_access::{Actor, may};
use keqiao_base::{ListingId, Refusal};
use keqiao_exchange::choice::{ListingAct, ListingState, ReportReason, ReportState, ReturnReason};
use keqiao_store::Tx;
use keqiao_store::exchange::listing::{self, Listing, ListingFilter};
use keqiao_store::exchange::report::{self, ListingReport};
use keqiao_store::{Page, PageRequest};
use serde_json::json;

use super::clarify::{self, Round};
use super::publish::list;
use super::{finish, judged, kept, led, store};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// The most reports shown at once.
const REPORTS_MAX: u64 = 100;

/// What waits for officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// One page of listings in a state.
    pub listings: Page<Listing>,
    /// Reports about listings that nobody has decided.
    pub reports: Vec<ListingReport>,
    /// Questions whose day has passed without answers, with their demands; the longest overdue on top.
    pub overdue: Vec<(Round, Listing)>,
}

/// The officers' desk: listings of their regions in a state, and open reports.
///
/// # Errors
/// A refusal when the actor is no officer or leader.
pub async fn desk(ctx: &Ctx, actor: &Actor, state: ListingState, request: PageRequest) -> AppResult<Desk> {
    actor.must(may::review_listings(actor))?;
    // Drafts are nobody's business but their writer's.
    let states = if state == ListingState::Draft { ListingState::Waiting } else { state };
    let regions = may::review_regions(actor);
    let filter = ListingFilter { regions: Some(regions.clone()), states: vec![states], ..ListingFilter::default() };
    let db = ctx.db.read();
    Ok(Desk {
        listings: listing::page(db, &filter, request).await?,
        reports: report::list(db, &regions, ReportState::Open, REPORTS_MAX).await?,
        overdue: clarify::overdue(ctx, &regions).await?,
    })
}

/// Lists what waited.
///
/// # Errors
/// A refusal when the actor may not, its owner was not heard, or somebody changed it since `revision`.
pub async fn pass(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = judged(&tx, actor, id).await?;
    if before.state != ListingState::Waiting {
        return Err(Refusal::conflict().into());
    }
    if before.consent_at.is_none() {
        let (zh, en) = (
            "本人还没有确认这段文字。请先由本人确认，或由代发人登记确认情况。",
            "Its owner has not confirmed the text: they do so themselves, or who wrote it notes how they did.",
        );
        return Err(Refusal::new(keqiao_base::Kind::Conflict, "listing.unconfirmed", zh, en).into());
    }
    let mut after = Listing { state: led(&before, ListingAct::Listed)?, ..before };
    let author = after.publisher.clone();
    list(ctx, &tx, &mut after, &author).await?;
    store(ctx, &tx, actor, &after, revision, (ListingAct::Listed, "")).await?;
    finish(ctx, tx, actor, "listing.passed", &format!("listing:{id}"), json!({})).await
}

/// Sends back what waited, with a reason of the list.
///
/// # Errors
/// A refusal when the actor may not, or somebody changed it since `revision`.
pub async fn send_back(
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    revision: i32,
    reason: ReturnReason,
    text: &str,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = judged(&tx, actor, id).await?;
    let text = words("words", text, 500)?;
    let after = Listing {
        state: led(&before, ListingAct::Returned)?,
        reason: Some(reason.code().to_owned()),
        words: text.clone(),
        decider_id: actor.account(),
        ..before
    };
    store(ctx, &tx, actor, &after, revision, (ListingAct::Returned, &text)).await?;
    finish(ctx, tx, actor, "listing.returned", &format!("listing:{id}"), json!({ "reason": reason })).await
}

/// Takes a listing out of sight, with a reason.
///
/// # Errors
/// A refusal when the actor may not, says nothing, or somebody changed it since `revision`.
pub async fn freeze(
    ctx: &Ctx,
    actor: &Actor,
    id: ListingId,
    revision: i32,
    reason: ReportReason,
    text: &str,
) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = judged(&tx, actor, id).await?;
    frozen(ctx, &tx, actor, before, revision, (reason, text)).await?;
    finish(ctx, tx, actor, "listing.frozen", &format!("listing:{id}"), json!({ "reason": reason })).await
}

pub(super) async fn frozen(
    ctx: &Ctx,
    tx: &Tx,
    actor: &Actor,
    before: Listing,
    revision: i32,
    (reason, text): (ReportReason, &str),
) -> AppResult<()> {
    let (zh, en) = ("请写明冻结的依据，发布人会看到。", "Say what it rests on: the publisher reads it.");
    let text = said("words", text, zh, en)?;
    let after = Listing {
        state: led(&before, ListingAct::Frozen)?,
        reason: Some(reason.code().to_owned()),
        words: text.clone(),
        decider_id: actor.account(),
        ..before
    };
    store(ctx, tx, actor, &after, revision, (ListingAct::Frozen, &text)).await
}

/// The owner appeals against a freeze.
///
/// # Errors
/// A refusal when the actor does not keep it, says nothing, appealed already, or somebody changed it since `revision`.
pub async fn appeal(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = kept(&tx, actor, id).await?;
    let (zh, en) = ("请写明申诉理由。", "Say why.");
    let text = said("words", text, zh, en)?;
    let state = led(&before, ListingAct::Appealed)?;
    if listing::acts(&tx, id).await?.last().is_some_and(|a| a.act == ListingAct::Appealed) {
        let (zh, en) = ("申诉已经提交，请等待处理。", "The appeal is in; wait for the answer.");
        return Err(Refusal::new(keqiao_base::Kind::Conflict, "listing.appealed", zh, en).into());
    }
    store(ctx, &tx, actor, &Listing { state, ..before }, revision, (ListingAct::Appealed, &text)).await?;
    finish(ctx, tx, actor, "listing.appealed", &format!("listing:{id}"), json!({})).await
}

/// Hears an appeal: restores the listing, or refuses with words.
///
/// # Errors
/// A refusal when the actor may not, froze it, nobody appealed, or somebody changed it since `revision`.
pub async fn hear(ctx: &Ctx, actor: &Actor, id: ListingId, revision: i32, granted: bool, text: &str) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let before = judged(&tx, actor, id).await?;
    if before.decider_id == actor.account() {
        let (zh, en) = (
            "冻结人不能处理对自己决定的申诉，请由其他人员处理。",
            "Who froze it does not hear the appeal; somebody else does.",
        );
        return Err(Refusal::new(keqiao_base::Kind::Forbidden, "listing.own_freeze", zh, en).into());
    }
    if listing::acts(&tx, id).await?.last().is_none_or(|a| a.act != ListingAct::Appealed) {
        return Err(Refusal::conflict().into());
    }
    let text = said("words", text, "请写明处理意见。", "Say why.")?;
    let act = if granted { ListingAct::Restored } else { ListingAct::Refused };
    let mut after = Listing { state: led(&before, act)?, ..before };
    if granted {
        let author = after.publisher.clone();
        list(ctx, &tx, &mut after, &author).await?;
    }
    store(ctx, &tx, actor, &after, revision, (act, &text)).await?;
    finish(ctx, tx, actor, "listing.appeal_heard", &format!("listing:{id}"), json!({ "granted": granted })).await
}

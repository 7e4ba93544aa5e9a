//! Interests: somebody wants to talk about a listing; its keeper answers, with a reason when they decline. What lies behind opens step by step,
//! and every look at how to reach somebody is in the log.

use keqiao_access::{Actor, may};
use keqiao_base::{InterestId, Kind, ListingId, Refusal};
use keqiao_exchange::choice::{DeclineReason, InterestState, ListingState};
use keqiao_store::ConnectionTrait;
use keqiao_store::exchange::interest::{self, Interest};
use keqiao_store::exchange::listing::{self, Listing};
use serde_json::json;

use super::{finish, is_kept, seen};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::words::{said, words};

/// Days within which an answer is owed: five working days.
const REPLY_DAYS: i64 = 7;
/// The most interests that an account sends within a day.
const DAILY_MAX: u64 = 20;

/// An interest as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterestForm {
    /// What is written to the other side.
    pub words: String,
    /// How to reach who asks; shown once both are interested.
    pub phone: String,
    /// The listing of who asks that goes with it.
    pub own: Option<ListingId>,
}

/// An answer to an interest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Both are interested.
    Accepted,
    /// Declined for a reason of the list.
    Declined(DeclineReason),
}

/// Says that one wants to talk about a listing.
///
/// # Errors
/// A refusal when it is not listed, one's own, asked before, or too many were asked today.
pub async fn express(ctx: &Ctx, actor: &Actor, id: ListingId, form: &InterestForm) -> AppResult<()> {
    let who = actor.must(may::publish(actor))?;
    let tx = ctx.begin().await?;
    let about = seen(&tx, actor, id).await?;
    if about.state != ListingState::Listed {
        return Err(Refusal::conflict().into());
    }
    if is_kept(actor, &about) {
        let (zh, en) = ("这是您自己的信息。", "This is your own.");
        return Err(Refusal::new(Kind::Forbidden, "interest.own", zh, en).into());
    }
    if interest::by(&tx, id, who.account).await?.is_some() {
        let (zh, en) = ("您已经表达过意向，请等待对方回应。", "You have asked already; wait for the answer.");
        return Err(Refusal::new(Kind::Conflict, "interest.again", zh, en).into());
    }
    if interest::count_since(&tx, who.account, ctx.now().plus_days(-1)).await? >= DAILY_MAX {
        let (zh, en) = (
            format!("每天最多表达 {DAILY_MAX} 次意向，请明天再来。"),
            format!("At most {DAILY_MAX} a day; come back tomorrow."),
        );
        return Err(Refusal::new(Kind::TooMany, "interest.many", zh, en).into());
    }
    let own = match form.own {
        Some(own) => listing::load(&tx, own).await?.filter(|l| is_kept(actor, l)).map(|l| l.id),
        None => None,
    };
    let row = Interest {
        id: InterestId::new(&*ctx.clock, &*ctx.entropy),
        listing_id: id,
        version: about.version,
        own_listing_id: own,
        account_id: who.account,
        name: who.name.clone(),
        phone: words("phone", &form.phone, 40)?,
        words: said("words", &form.words, "请写一句想怎么合作。", "Say in a sentence what you have in mind.")?,
        state: InterestState::Waiting,
        reason: None,
        answer: String::new(),
        due_day: ctx.now().day().plus(REPLY_DAYS),
        at: ctx.now(),
        answered_at: None,
        sworn_at: None,
    };
    let subject = format!("listing:{id}");
    interest::insert(&tx, row).await?;
    finish(ctx, tx, actor, "interest.expressed", &subject, json!({})).await
}

/// An interest with its listing.
async fn of(db: &impl ConnectionTrait, id: InterestId) -> AppResult<(Interest, Listing)> {
    let row = interest::load(db, id).await?.ok_or_else(Refusal::not_found)?;
    let about = listing::load(db, row.listing_id).await?.ok_or_else(Refusal::not_found)?;
    Ok((row, about))
}

/// The keeper of a listing answers an interest in it.
///
/// # Errors
/// A refusal when the actor does not keep it, "something else" is said without words, or it was answered before.
pub async fn answer(ctx: &Ctx, actor: &Actor, id: InterestId, how: &Answered, text: &str) -> AppResult<ListingId> {
    let tx = ctx.begin().await?;
    let (row, about) = of(&tx, id).await?;
    if !is_kept(actor, &about) {
        return Err(Refusal::not_found().into());
    }
    let text = match how {
        Answered::Declined(DeclineReason::Other) => said("words", text, "请说明原因。", "Say why.")?,
        _ => words("words", text, 500)?,
    };
    let (state, reason) = match how {
        Answered::Accepted => (InterestState::Accepted, None),
        Answered::Declined(reason) => (InterestState::Declined, Some(*reason)),
    };
    let after = Interest { state, reason, answer: text, answered_at: Some(ctx.now()), ..row };
    changed(ctx, tx, actor, after, InterestState::Waiting, "interest.answered").await?;
    Ok(about.id)
}

async fn changed(
    ctx: &Ctx,
    tx: keqiao_store::Tx,
    actor: &Actor,
    after: Interest,
    was: InterestState,
    action: &str,
) -> AppResult<()> {
    let (subject, state) = (format!("listing:{}", after.listing_id), after.state);
    if !interest::save(&tx, after, was).await? {
        return Err(Refusal::conflict().into());
    }
    finish(ctx, tx, actor, action, &subject, json!({ "state": state })).await
}

/// Who asked takes it back.
///
/// # Errors
/// A refusal when it is not theirs, or was answered.
pub async fn withdraw(ctx: &Ctx, actor: &Actor, id: InterestId) -> AppResult<ListingId> {
    let tx = ctx.begin().await?;
    let (row, about) = of(&tx, id).await?;
    if !may::own_listing(actor, Some(row.account_id)) {
        return Err(Refusal::not_found().into());
    }
    let after = Interest { state: InterestState::Withdrawn, ..row };
    changed(ctx, tx, actor, after, InterestState::Waiting, "interest.withdrawn").await?;
    Ok(about.id)
}

/// Who asked promises to keep to themselves what the confidential files say; the moment is kept.
///
/// # Errors
/// A refusal when it is not theirs, both are not interested yet, or it was promised before.
pub async fn swear(ctx: &Ctx, actor: &Actor, id: InterestId) -> AppResult<ListingId> {
    let tx = ctx.begin().await?;
    let (row, about) = of(&tx, id).await?;
    if !may::own_listing(actor, Some(row.account_id)) || !may::open_layer(actor) {
        return Err(Refusal::not_found().into());
    }
    if row.state != InterestState::Accepted || row.sworn_at.is_some() {
        return Err(Refusal::conflict().into());
    }
    let after = Interest { sworn_at: Some(ctx.now()), ..row };
    changed(ctx, tx, actor, after, InterestState::Accepted, "interest.sworn").await?;
    Ok(about.id)
}

/// How to reach the other side of an accepted interest: name and number. Each look is in the log.
///
/// # Errors
/// A refusal when the actor is neither side, both are not interested, or the other side left no number.
pub async fn open_contact(ctx: &Ctx, actor: &Actor, id: InterestId) -> AppResult<(String, String)> {
    let tx = ctx.begin().await?;
    let (row, about) = of(&tx, id).await?;
    let (asked, keeps) = (may::own_listing(actor, Some(row.account_id)), is_kept(actor, &about));
    if !asked && !keeps {
        return Err(Refusal::not_found().into());
    }
    actor.must(may::open_layer(actor) && row.state == InterestState::Accepted)?;
    let (name, phone) = if asked { (about.owner, about.phone) } else { (row.name, row.phone) };
    if phone.is_empty() {
        let (zh, en) = ("对方没有留电话，请在平台上留言。", "The other side left no number; write to them here.");
        return Err(Refusal::new(Kind::NotFound, "interest.no_phone", zh, en).into());
    }
    let detail = json!({ "interest": id, "side": if asked { "owner" } else { "asker" } });
    finish(ctx, tx, actor, "interest.contact_opened", &format!("listing:{}", about.id), detail).await?;
    Ok((name, phone))
}

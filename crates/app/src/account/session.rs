//! Sessions: one per signed-in browser; seen, listed, ended.

use keqiao_access::{Actor, Via, may, secret};
use keqiao_base::{AccountId, Moment, Refusal, SessionId};
use keqiao_store::account::{self as stored, State, session};
use keqiao_store::{ConnectionTrait, Tx};
use serde_json::json;

use super::subject;
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use keqiao_store::account::session::Model as Session;

/// How long a session lives that nobody uses, and how long at most.
const IDLE_DAYS: i64 = 7;
const LIFE_DAYS: i64 = 30;
/// How long a sign-in may wait for its second factor.
const WAITS_SECONDS: i64 = 600;
/// How exact "last seen" is.
const SEEN_SECONDS: i64 = 300;
/// How much is kept of what a browser calls itself.
const AGENT_CHARS: usize = 200;

/// Who asks with this key in the cookie; none when it opens nothing (any more).
///
/// # Errors
/// When the database does not answer.
pub async fn actor(ctx: &Ctx, key: &str, address: &str) -> AppResult<Option<Actor>> {
    if !secret::looks_like_session(key) {
        return Ok(None);
    }
    let (db, now) = (ctx.db.read(), ctx.now());
    let Some(found) = session::load_by_hash(db, &secret::hash(key), now).await?.filter(|s| !s.waits) else {
        return Ok(None);
    };
    let account = stored::load(db, found.account_id).await?.filter(|a| a.state == State::Active);
    let Some(account) = account else { return Ok(None) };
    if now.seconds_since(found.seen_at) >= SEEN_SECONDS {
        let tx = ctx.begin().await?;
        session::save_seen(&tx, found.id, now, expiry(found.created_at, now)).await?;
        tx.commit().await?;
    }
    Ok(Some(super::actor(db, account, Via::Session(found.id), address).await?))
}

fn expiry(created: Moment, now: Moment) -> Moment {
    now.plus_days(IDLE_DAYS).min(created.plus_days(LIFE_DAYS))
}

/// Opens a session and gives its key in clear, for the cookie.
pub(super) async fn open(
    ctx: &Ctx,
    tx: &Tx,
    account: AccountId,
    waits: bool,
    address: &str,
    agent: &str,
) -> AppResult<String> {
    let (key, now) = (secret::session(&*ctx.entropy), ctx.now());
    let row = Session {
        id: SessionId::new(&*ctx.clock, &*ctx.entropy),
        account_id: account,
        hash: key.hash,
        waits,
        address: address.to_owned(),
        agent: agent.chars().filter(|c| !c.is_control()).take(AGENT_CHARS).collect(),
        created_at: now,
        seen_at: now,
        expires_at: if waits { now.plus_seconds(WAITS_SECONDS) } else { expiry(now, now) },
        ended_at: None,
    };
    session::save_new(tx, row).await?;
    session::forget_before(tx, now.plus_days(-LIFE_DAYS)).await?;
    Ok(key.clear)
}

/// The session of a sign-in that waits for its second factor.
pub(super) async fn waiting(db: &impl ConnectionTrait, key: &str, now: Moment) -> AppResult<Session> {
    let found = match secret::looks_like_session(key) {
        true => session::load_by_hash(db, &secret::hash(key), now).await?.filter(|s| s.waits),
        false => None,
    };
    Ok(found.ok_or_else(|| {
        Refusal::new(
            keqiao_base::Kind::SignIn,
            "account.sign_in_again",
            "登录已超时，请重新输入登录名和密码。",
            "The sign-in took too long. Enter login and password again.",
        )
    })?)
}

/// The sessions of the own account, last seen first.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn list(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Session>> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    Ok(session::list(ctx.db.read(), signed.account, ctx.now()).await?)
}

/// Ends one session of the own account.
///
/// # Errors
/// A refusal when there is no such session of this account.
pub async fn end(ctx: &Ctx, actor: &Actor, id: SessionId) -> AppResult<()> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    let tx = ctx.begin().await?;
    if !session::end(&tx, signed.account, id, ctx.now()).await? {
        return Err(Refusal::not_found().into());
    }
    log::record(ctx, &tx, actor, "session.end", &subject(signed.account), json!({"session": id})).await?;
    ctx.commit(tx).await
}

/// Ends all sessions of the own account but this one. Returns how many.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn end_others(ctx: &Ctx, actor: &Actor) -> AppResult<u64> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    let tx = ctx.begin().await?;
    let ended = session::end_others(&tx, signed.account, signed.session(), ctx.now()).await?;
    log::record(ctx, &tx, actor, "session.end_others", &subject(signed.account), json!({"ended": ended})).await?;
    ctx.commit(tx).await?;
    Ok(ended)
}

/// Signs out: ends this session.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(ctx: &Ctx, actor: &Actor) -> AppResult<()> {
    let Some((signed, id)) = actor.signed().and_then(|s| Some((s, s.session()?))) else { return Ok(()) };
    let tx = ctx.begin().await?;
    session::end(&tx, signed.account, id, ctx.now()).await?;
    log::record(ctx, &tx, actor, "account.sign_out", &subject(signed.account), json!({})).await?;
    ctx.commit(tx).await
}

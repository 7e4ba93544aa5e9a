//! The way back for who forgot the password: an administrator makes a link, handed over in person or by phone, good once and for a day.

use keqiao_access::{Actor, Via, may, password, secret};
use keqiao_base::{AccountId, Kind, Refusal};
use keqiao_store::account::{self as stored, failure, role, session, token};
use keqiao_store::entity::reset_link;
use serde_json::json;

use super::sign_in::login_key;
use super::{Account, hash, in_person, load, subject};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

const GOOD_SECONDS: i64 = 24 * 3600;

/// Makes a link; gives its key in clear, shown once. Earlier links of the account no longer open.
///
/// # Errors
/// A refusal when the actor may not manage the account.
pub async fn make_link(ctx: &Ctx, actor: &Actor, who: AccountId) -> AppResult<String> {
    let signed = actor.must_sign_in()?;
    let tx = ctx.begin().await?;
    let account = load(&tx, who).await?;
    let held: Vec<_> = role::list(&tx, who).await?.into_iter().map(Into::into).collect();
    actor.must(may::manage_account(actor, account.region, &held))?;
    if !signed.in_person() {
        return Err(in_person().into());
    }
    let (key, now) = (secret::session(&*ctx.entropy), ctx.now());
    let link = reset_link::Model {
        hash: key.hash,
        account_id: who,
        made_by: signed.account,
        made_at: now,
        expires_at: now.plus_seconds(GOOD_SECONDS),
        used_at: None,
    };
    stored::save_reset_link(&tx, link).await?;
    log::record(ctx, &tx, actor, "account.reset_link", &subject(who), json!({})).await?;
    ctx.commit(tx).await?;
    Ok(key.clear)
}

/// The login whose password a link sets.
///
/// # Errors
/// A refusal when the link was used or has run out.
pub async fn check(ctx: &Ctx, key: &str) -> AppResult<String> {
    let db = ctx.db.read();
    let found = stored::load_reset_link(db, &secret::hash(key), ctx.now()).await?;
    Ok(load(db, found.ok_or_else(gone)?).await?.login)
}

fn gone() -> Refusal {
    Refusal::new(
        Kind::NotFound,
        "account.reset_gone",
        "这个重置链接已经用过或已过期（有效期一天，只能用一次）。请向系统管理员索取新的链接。",
        "This reset link was used or has run out (it is good once, for a day). Ask your administrator for a new one.",
    )
}

/// Sets a new password by a link: locks are lifted, all sessions and keys for programs end. The second factor stays.
///
/// # Errors
/// A refusal when the link opens nothing, or the password is too weak.
pub async fn reset(ctx: &Ctx, actor: &Actor, key: &str, new: &str) -> AppResult<()> {
    let login = check(ctx, key).await?;
    password::check(new, &login)?;
    let hash = hash::make(&*ctx.entropy, new).await?;
    let (tx, now) = (ctx.begin().await?, ctx.now());
    let who = stored::take_reset_link(&tx, &secret::hash(key), now).await?.ok_or_else(gone)?;
    let account = Account { password: Some(hash), ..load(&tx, who).await? };
    stored::save(&tx, account.clone()).await?;
    session::end_others(&tx, who, None, now).await?;
    token::revoke(&tx, who, None, now).await?;
    failure::clear(&tx, &login_key(&login)).await?;
    let holder = super::actor(&tx, account, Via::Machine, actor.address()).await?;
    log::record(ctx, &tx, &holder, "account.reset", &subject(who), json!({})).await?;
    ctx.commit(tx).await
}

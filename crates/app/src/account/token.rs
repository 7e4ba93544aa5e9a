//! Keys for programs: made and revoked by the holder of an account, limited to scopes and to a time.

use keqiao_access::{Actor, Scope, Via, may, secret};
use keqiao_base::{FieldError, Refusal, TokenId};
use keqiao_store::account::{self as stored, State, token};
use serde_json::json;

use super::{in_person, subject, text};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

pub use keqiao_store::account::token::Model as Token;

/// Keys that one account may have.
const KEYS_MAX: usize = 20;
/// The longest that a key is good for.
pub const DAYS_MAX: i64 = 366;
/// How exact "last used" is.
const USED_SECONDS: i64 = 300;

/// Who asks with this key; none when it opens nothing (any more).
///
/// # Errors
/// When the database does not answer.
pub async fn actor(ctx: &Ctx, key: &str, address: &str) -> AppResult<Option<Actor>> {
    if !secret::looks_like_token(key) {
        return Ok(None);
    }
    let (db, now) = (ctx.db.read(), ctx.now());
    let Some(found) = token::load_by_hash(db, &secret::hash(key), now).await? else { return Ok(None) };
    let account = stored::load(db, found.account_id).await?.filter(|a| a.state == State::Active);
    let Some(account) = account else { return Ok(None) };
    if found.used_at.is_none_or(|at| now.seconds_since(at) >= USED_SECONDS) {
        let tx = ctx.begin().await?;
        token::save_used(&tx, found.id, now).await?;
        tx.commit().await?;
    }
    let via = Via::Token(found.id, scopes(&found));
    Ok(Some(super::actor(db, account, via, address).await?))
}

/// The scopes of a key.
pub fn scopes(token: &Token) -> Vec<Scope> {
    token.scopes.split_whitespace().filter_map(|code| code.parse().ok()).collect()
}

/// Makes a key; gives it in clear, shown once.
///
/// # Errors
/// A refusal that names every field to correct.
pub async fn create(ctx: &Ctx, actor: &Actor, title: &str, scopes: &[Scope], days: i64) -> AppResult<String> {
    let signed = actor.must_sign_in()?;
    if !may::guard_account(actor, signed.account) {
        return Err(in_person().into());
    }
    let title = checked(title, scopes, days)?;
    let tx = ctx.begin().await?;
    if token::list(&tx, signed.account).await?.len() >= KEYS_MAX {
        let (zh, en) = ("访问密钥已达 20 个，请先撤销不用的。", "There are 20 keys already. Revoke those not in use.");
        return Err(Refusal::field("token.too_many", "title", zh, en).into());
    }
    let (key, now) = (secret::token(&*ctx.entropy), ctx.now());
    let mut codes: Vec<&str> = scopes.iter().map(|s| s.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let row = Token {
        id: TokenId::new(&*ctx.clock, &*ctx.entropy),
        account_id: signed.account,
        title,
        hash: key.hash,
        shown: key.clear.chars().take(8).collect(),
        scopes: codes.join(" "),
        created_at: now,
        expires_at: now.plus_days(days),
        used_at: None,
        revoked_at: None,
    };
    let detail = json!({"token": row.id, "scopes": row.scopes, "days": days});
    token::save_new(&tx, row).await?;
    log::record(ctx, &tx, actor, "token.create", &subject(signed.account), detail).await?;
    ctx.commit(tx).await?;
    Ok(key.clear)
}

fn checked(title: &str, scopes: &[Scope], days: i64) -> Result<String, Refusal> {
    let mut wrong = Vec::new();
    let title = text("title", title, 60).map_err(|r| wrong.extend(r.fields)).unwrap_or_default();
    if scopes.is_empty() {
        wrong.push(FieldError::new("scopes", "请至少选择一个用途。", "Choose at least one scope."));
    }
    if !(1..=DAYS_MAX).contains(&days) {
        wrong.push(FieldError::new("days", "有效期为 1～366 天。", "A key is good for 1 to 366 days."));
    }
    if wrong.is_empty() { Ok(title) } else { Err(Refusal::fields("token.create", wrong)) }
}

/// The keys of the own account.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn list(ctx: &Ctx, actor: &Actor) -> AppResult<Vec<Token>> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    Ok(token::list(ctx.db.read(), signed.account).await?)
}

/// Revokes a key of the own account.
///
/// # Errors
/// A refusal when there is no such key of this account.
pub async fn revoke(ctx: &Ctx, actor: &Actor, id: TokenId) -> AppResult<()> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    let tx = ctx.begin().await?;
    if token::revoke(&tx, signed.account, Some(id), ctx.now()).await? == 0 {
        return Err(Refusal::not_found().into());
    }
    log::record(ctx, &tx, actor, "token.revoke", &subject(signed.account), json!({"token": id})).await?;
    ctx.commit(tx).await
}

//! What administrators do with the accounts of their regions: list, look, unlock, suspend, resume, take a lost second factor off.

use keqiao_access::{Actor, HeldRole, may};
use keqiao_base::{AccountId, Moment, Refusal};
use keqiao_store::account::{self as stored, Filter, failure, role, session, token};
use keqiao_store::{Page, PageRequest, Tx};
use serde_json::json;

use super::role::Held;
use super::sign_in::login_key;
use super::{Account, State, load, subject};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// A page of accounts, each with its roles.
///
/// # Errors
/// A refusal when the actor may not manage accounts.
pub async fn list(
    ctx: &Ctx,
    actor: &Actor,
    mut filter: Filter,
    request: PageRequest,
) -> AppResult<Page<(Account, Vec<Held>)>> {
    actor.must(may::manage_accounts(actor))?;
    filter.regions = may::account_regions(actor);
    filter.unplaced = true;
    filter.organisation = None;
    let db = ctx.db.read();
    let page = stored::page(db, &filter, request).await?;
    let roles = role::list_of(db, page.rows.iter().map(|a| a.id).collect()).await?;
    Ok(page.map(|account| {
        let held = roles.iter().filter(|r| r.account_id == account.id).cloned().collect();
        (account, held)
    }))
}

/// One account as an administrator sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The account.
    pub account: Account,
    /// Its roles.
    pub roles: Vec<Held>,
    /// Until when its login is locked.
    pub locked_until: Option<Moment>,
    /// How many browsers are signed in.
    pub sessions: usize,
}

/// Shows one account.
///
/// # Errors
/// A refusal when the actor may not manage it; it then looks as if there were none.
pub async fn show(ctx: &Ctx, actor: &Actor, id: AccountId) -> AppResult<Shown> {
    actor.must(may::manage_accounts(actor))?;
    let db = ctx.db.read();
    let account = load(db, id).await?;
    let roles = role::list(db, id).await?;
    if !may::manage_account(actor, account.region, &held(&roles)) {
        return Err(Refusal::not_found().into());
    }
    let count = failure::load(db, &login_key(&account.login)).await?;
    let locked_until = count.and_then(|c| c.locked_until).filter(|until| *until > ctx.now());
    let sessions = session::list(db, id, ctx.now()).await?.len();
    Ok(Shown { account, roles, locked_until, sessions })
}

fn held(roles: &[Held]) -> Vec<HeldRole> {
    roles.iter().cloned().map(Into::into).collect()
}

/// The account in the transaction, once it is clear that the actor may manage it.
async fn managed(tx: &Tx, actor: &Actor, id: AccountId) -> AppResult<Account> {
    actor.must(may::manage_accounts(actor))?;
    let account = load(tx, id).await?;
    if !may::manage_account(actor, account.region, &held(&role::list(tx, id).await?)) {
        return Err(Refusal::not_found().into());
    }
    Ok(account)
}

/// Lifts the lock of a login.
///
/// # Errors
/// A refusal when the actor may not manage the account.
pub async fn unlock(ctx: &Ctx, actor: &Actor, id: AccountId) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let account = managed(&tx, actor, id).await?;
    failure::clear(&tx, &login_key(&account.login)).await?;
    log::record(ctx, &tx, actor, "account.unlock", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

/// Suspends an account: its sessions end, its keys are revoked. Nobody suspends themselves.
///
/// # Errors
/// A refusal when the actor may not manage the account.
pub async fn suspend(ctx: &Ctx, actor: &Actor, id: AccountId) -> AppResult<()> {
    let (tx, now) = (ctx.begin().await?, ctx.now());
    let account = managed(&tx, actor, id).await?;
    actor.must(actor.account() != Some(id))?;
    stored::save(&tx, Account { state: State::Suspended, ..account }).await?;
    session::end_others(&tx, id, None, now).await?;
    token::revoke(&tx, id, None, now).await?;
    log::record(ctx, &tx, actor, "account.suspend", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

/// Lets a suspended account sign in again.
///
/// # Errors
/// A refusal when the actor may not manage the account.
pub async fn resume(ctx: &Ctx, actor: &Actor, id: AccountId) -> AppResult<()> {
    let tx = ctx.begin().await?;
    let account = managed(&tx, actor, id).await?;
    stored::save(&tx, Account { state: State::Active, ..account }).await?;
    log::record(ctx, &tx, actor, "account.resume", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

/// Takes off the second factor of somebody who lost the phone and the recovery codes.
///
/// # Errors
/// A refusal when the actor may not manage the account, or asks with a key for programs.
pub async fn remove_second_factor(ctx: &Ctx, actor: &Actor, id: AccountId) -> AppResult<()> {
    if !actor.must_sign_in()?.in_person() {
        return Err(super::in_person().into());
    }
    let tx = ctx.begin().await?;
    let account = managed(&tx, actor, id).await?;
    let account = Account { totp_secret: None, totp_confirmed: false, totp_step: None, ..account };
    stored::save(&tx, account).await?;
    session::end_others(&tx, id, None, ctx.now()).await?;
    log::record(ctx, &tx, actor, "account.second_factor_removed", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

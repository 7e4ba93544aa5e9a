//! Signing in with login and password, then the second factor where there is one. Failures are counted by login and by address; a login that
//! does not exist answers as one that does.

use keqiao_access::{Actor, Via, password, second_factor, secret};
use keqiao_base::{Kind, Moment, Refusal};
use keqiao_store::Tx;
use keqiao_store::account::{self as stored, State, failure, session as sessions};
use serde_json::json;

use super::{Account, hash, session, subject};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::log;

/// Failures of one address before it is locked; offices share an address.
const ADDRESS_FAILURES_MAX: i32 = 50;
const ADDRESS_LOCK_SECONDS: i64 = 15 * 60;
/// After how long a count of failures is forgotten.
const FORGET_DAYS: i64 = 2;

/// What somebody fills in.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// A recovery code: the way back when the login is locked. May be empty.
    pub recovery: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// A sign-in that succeeded, or waits for its second factor.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The key for the cookie.
    pub key: String,
    /// Whether the second factor is still to come.
    pub waits: bool,
    /// The account, for its language and theme.
    pub account: Account,
}

/// Signs in.
///
/// # Errors
/// A refusal that does not say which of login and password was wrong, or that the login is locked.
pub async fn sign_in(ctx: &Ctx, actor: &Actor, form: &SignIn) -> AppResult<SignedIn> {
    let login = form.login.trim().to_lowercase();
    let login: String = login.chars().take(64).collect();
    let account = stored::load_by_login(ctx.db.read(), &login).await?;
    let counts = Counts::new(&login, actor);
    pass_locks(ctx, &counts, account.as_ref(), form).await?;
    let right = hash::check(account.as_ref().and_then(|a| a.password.as_deref()), &form.password).await?;
    let opened = account.clone().filter(|a| right && a.state == State::Active);
    let tx = ctx.begin().await?;
    let Some(account) = opened else {
        return Err(fail(ctx, tx, actor, &counts, account.as_ref(), "password").await);
    };
    if !account.totp_confirmed {
        return finish(ctx, tx, account, &counts, actor.address(), &form.agent, "password").await;
    }
    let key = session::open(ctx, &tx, account.id, true, actor.address(), &form.agent).await?;
    ctx.commit(tx).await?;
    Ok(SignedIn { key, waits: true, account })
}

/// The second step: six digits of the app, or a recovery code. The key of the waiting session is replaced by a new one.
///
/// # Errors
/// A refusal when the code is wrong, used, or the first step is too long ago.
pub async fn second_step(ctx: &Ctx, actor: &Actor, key: &str, code: &str) -> AppResult<SignedIn> {
    let now = ctx.now();
    let waiting = session::waiting(ctx.db.read(), key, now).await?;
    let tx = ctx.begin().await?;
    let mut account = super::load(&tx, waiting.account_id).await?;
    let counts = Counts::new(&account.login, actor);
    if let Some(until) = locked(&tx, &counts, now).await? {
        return Err(locked_refusal(until, now));
    }
    let secret_kept = account.totp_secret.clone().unwrap_or_default();
    let step = second_factor::check(&secret_kept, code, now, account.totp_step);
    let with = if step.is_some() { "second_factor" } else { "recovery_code" };
    let right =
        step.is_some() || stored::take_recovery_code(&tx, account.id, &secret::recovery_hash(code), now).await?;
    if !right || account.state != State::Active {
        return Err(fail(ctx, tx, actor, &counts, Some(&account), "second_factor").await);
    }
    account.totp_step = step.or(account.totp_step);
    sessions::end(&tx, account.id, waiting.id, now).await?;
    finish(ctx, tx, account, &counts, actor.address(), &waiting.agent, with).await
}

/// Opens the session, clears the count, writes the log.
pub(super) async fn finish(
    ctx: &Ctx,
    tx: Tx,
    mut account: Account,
    counts: &Counts,
    address: &str,
    agent: &str,
    with: &str,
) -> AppResult<SignedIn> {
    failure::clear(&tx, &counts.login).await?;
    failure::forget_before(&tx, ctx.now().plus_days(-FORGET_DAYS)).await?;
    let key = session::open(ctx, &tx, account.id, false, address, agent).await?;
    account.signed_in_at = Some(ctx.now());
    stored::save(&tx, account.clone()).await?;
    let now_signed = super::actor(&tx, account.clone(), Via::Machine, address).await?;
    log::record(ctx, &tx, &now_signed, "account.sign_in", &subject(account.id), json!({"with": with})).await?;
    ctx.commit(tx).await?;
    Ok(SignedIn { key, waits: false, account })
}

/// The keys under which failures are counted.
pub(super) struct Counts {
    login: String,
    address: String,
}

impl Counts {
    pub(super) fn new(login: &str, actor: &Actor) -> Counts {
        Counts { login: login_key(login), address: format!("address:{}", actor.address()) }
    }
}

/// The key under which failures of a login are counted.
pub(super) fn login_key(login: &str) -> String {
    format!("login:{login}")
}

/// Until when nobody gets in with this login or from this address.
async fn locked(db: &impl keqiao_store::ConnectionTrait, counts: &Counts, now: Moment) -> AppResult<Option<Moment>> {
    let login = failure::load(db, &counts.login).await?.and_then(|c| c.locked_until);
    let address = failure::load(db, &counts.address).await?.and_then(|c| c.locked_until);
    Ok(login.max(address).filter(|until| *until > now))
}

/// Refuses while locked, unless a recovery code opens the lock of the login.
async fn pass_locks(ctx: &Ctx, counts: &Counts, account: Option<&Account>, form: &SignIn) -> AppResult<()> {
    let now = ctx.now();
    let Some(until) = locked(ctx.db.read(), counts, now).await? else { return Ok(()) };
    let tx = ctx.begin().await?;
    let code = secret::recovery_hash(&form.recovery);
    let taken = match account {
        Some(account) if !form.recovery.is_empty() => stored::take_recovery_code(&tx, account.id, &code, now).await?,
        _ => false,
    };
    if !taken {
        count(&tx, &counts.address, now, address_lock).await?;
        tx.commit().await?;
        return Err(locked_refusal(until, now));
    }
    failure::clear(&tx, &counts.login).await?;
    failure::clear(&tx, &counts.address).await?;
    Ok(tx.commit().await?)
}

fn locked_refusal(until: Moment, now: Moment) -> AppError {
    let minutes = until.seconds_since(now) / 60 + 1;
    Refusal::new(
        Kind::TooMany,
        "account.locked",
        format!("输错次数过多，暂停登录 {minutes} 分钟。急用时可在下面输入一个恢复码，或者请本单位系统管理员发给您重置链接。"),
        format!(
            "Too many failures: signing in is paused for {minutes} minutes. To get in now, enter a recovery code below, or ask your \
             administrator for a reset link."
        ),
    )
    .into()
}

fn address_lock(failures: i32, now: Moment) -> Option<Moment> {
    (failures % ADDRESS_FAILURES_MAX == 0).then(|| now.plus_seconds(ADDRESS_LOCK_SECONDS))
}

fn login_lock(failures: i32, now: Moment) -> Option<Moment> {
    password::locked_until(u32::try_from(failures).unwrap_or(0), now)
}

/// Counts one more failure under a key.
async fn count(tx: &Tx, key: &str, now: Moment, lock: fn(i32, Moment) -> Option<Moment>) -> AppResult<Option<Moment>> {
    let before = failure::load(tx, key).await?.filter(|c| c.at.plus_days(FORGET_DAYS) > now);
    let failures = before.as_ref().map_or(0, |c| c.failures).saturating_add(1);
    let until = lock(failures, now);
    let locked_until = until.or(before.and_then(|c| c.locked_until));
    failure::save(tx, failure::Model { key: key.to_owned(), failures, locked_until, at: now }).await?;
    Ok(until)
}

/// Counts a failure and gives the refusal; the transaction is committed, so that the count stays.
async fn fail(ctx: &Ctx, tx: Tx, actor: &Actor, counts: &Counts, account: Option<&Account>, what: &str) -> AppError {
    match record_failure(ctx, tx, actor, counts, account, what).await {
        Ok(Some(until)) => locked_refusal(until, ctx.now()),
        Ok(None) if what == "second_factor" => Refusal::field(
            "account.second_factor",
            "code",
            "验证码不正确或已用过。请等手机上换出新的 6 位数字再输入，或者输入一个恢复码。",
            "The code is wrong or was used. Wait for the next six digits, or enter a recovery code.",
        )
        .into(),
        Ok(None) => Refusal::new(
            Kind::Invalid,
            "account.sign_in",
            "登录名或密码不正确，或者账号已停用。",
            "Login or password is wrong, or the account is suspended.",
        )
        .into(),
        Err(error) => error,
    }
}

async fn record_failure(
    ctx: &Ctx,
    tx: Tx,
    actor: &Actor,
    counts: &Counts,
    account: Option<&Account>,
    what: &str,
) -> AppResult<Option<Moment>> {
    let now = ctx.now();
    let until = count(&tx, &counts.login, now, login_lock).await?;
    let address = count(&tx, &counts.address, now, address_lock).await?;
    if let Some(account) = account {
        // What was typed is not logged: people type passwords where logins belong.
        let detail = json!({"wrong": what, "locked": until.is_some()});
        log::record(ctx, &tx, actor, "account.sign_in_failed", &subject(account.id), detail).await?;
    }
    ctx.commit(tx).await?;
    Ok(until.max(address))
}

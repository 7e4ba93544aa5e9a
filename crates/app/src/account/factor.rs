//! The second factor and recovery codes of the own account.

use keqiao_access::{Actor, may, second_factor, secret};
use keqiao_base::{Kind, Refusal};
use keqiao_store::account as stored;
use serde_json::json;

use super::{Account, hash, in_person, load, subject};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// A second factor that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret, base32, for apps without a camera.
    pub secret: String,
    /// The address that a QR code carries.
    pub address: String,
}

/// Makes a new secret; it is in force once its digits were entered.
///
/// # Errors
/// A refusal when there is a second factor already, or the password is wrong.
pub async fn begin(ctx: &Ctx, actor: &Actor, password: &str) -> AppResult<Enrolment> {
    let mut account = guarded(ctx, actor, password).await?;
    if account.totp_confirmed {
        return Err(Refusal::new(
            Kind::Conflict,
            "account.second_factor_on",
            "两步验证已经开启。更换手机时，请先关闭再重新开启。",
            "The second factor is on already. To change the phone, turn it off first.",
        )
        .into());
    }
    let fresh = second_factor::secret(&*ctx.entropy);
    account.totp_secret = Some(fresh.clone());
    let address = second_factor::enrolment(&fresh, &account.login).unwrap_or_default();
    let tx = ctx.begin().await?;
    stored::save(&tx, account).await?;
    ctx.commit(tx).await?;
    Ok(Enrolment { secret: fresh, address })
}

/// The enrolment under way, to be shown again when a wrong code was entered.
///
/// # Errors
/// A refusal when none is under way.
pub async fn under_way(ctx: &Ctx, actor: &Actor) -> AppResult<Enrolment> {
    let account = load(ctx.db.read(), actor.must_sign_in()?.account).await?;
    let secret = account.totp_secret.filter(|_| !account.totp_confirmed).ok_or_else(Refusal::not_found)?;
    let address = second_factor::enrolment(&secret, &account.login).unwrap_or_default();
    Ok(Enrolment { secret, address })
}

/// Puts the second factor in force, and gives the recovery codes: shown once.
///
/// # Errors
/// A refusal when the digits are wrong.
pub async fn confirm(ctx: &Ctx, actor: &Actor, code: &str) -> AppResult<Vec<String>> {
    let signed = actor.must_sign_in()?;
    if !may::guard_account(actor, signed.account) {
        return Err(in_person().into());
    }
    let tx = ctx.begin().await?;
    let mut account = load(&tx, signed.account).await?;
    let waiting = account.totp_secret.clone().filter(|_| !account.totp_confirmed).ok_or_else(Refusal::not_found)?;
    let Some(step) = second_factor::check(&waiting, code, ctx.now(), None) else {
        return Err(Refusal::field(
            "account.second_factor",
            "code",
            "验证码不正确。请核对手机时间是否准确，再输入当前显示的 6 位数字。",
            "The code is wrong. See that the phone's clock is right, and enter the six digits shown now.",
        )
        .into());
    };
    account.totp_confirmed = true;
    account.totp_step = Some(step);
    stored::save(&tx, account).await?;
    let codes = fresh_codes(ctx, &tx, signed.account).await?;
    log::record(ctx, &tx, actor, "account.second_factor_on", &subject(signed.account), json!({})).await?;
    ctx.commit(tx).await?;
    Ok(codes)
}

/// Turns the second factor off.
///
/// # Errors
/// A refusal when the password is wrong.
pub async fn disable(ctx: &Ctx, actor: &Actor, password: &str) -> AppResult<()> {
    let mut account = guarded(ctx, actor, password).await?;
    account.totp_secret = None;
    account.totp_confirmed = false;
    account.totp_step = None;
    let id = account.id;
    let tx = ctx.begin().await?;
    stored::save(&tx, account).await?;
    log::record(ctx, &tx, actor, "account.second_factor_off", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

/// Makes new recovery codes in place of the old; shown once. They also open a locked login.
///
/// # Errors
/// A refusal when the password is wrong.
pub async fn renew_codes(ctx: &Ctx, actor: &Actor, password: &str) -> AppResult<Vec<String>> {
    let account = guarded(ctx, actor, password).await?;
    let tx = ctx.begin().await?;
    let codes = fresh_codes(ctx, &tx, account.id).await?;
    log::record(ctx, &tx, actor, "account.recovery_codes", &subject(account.id), json!({})).await?;
    ctx.commit(tx).await?;
    Ok(codes)
}

async fn fresh_codes(ctx: &Ctx, tx: &keqiao_store::Tx, account: keqiao_base::AccountId) -> AppResult<Vec<String>> {
    let codes = secret::recovery_codes(&*ctx.entropy);
    let hashes = codes.iter().map(|c| secret::recovery_hash(c)).collect();
    stored::save_recovery_codes(tx, account, hashes).await?;
    Ok(codes)
}

/// The own account, once its password was entered again: a browser left open must not be enough.
pub(super) async fn guarded(ctx: &Ctx, actor: &Actor, password: &str) -> AppResult<Account> {
    let signed = actor.must_sign_in()?;
    if !may::guard_account(actor, signed.account) {
        return Err(in_person().into());
    }
    let account = load(ctx.db.read(), signed.account).await?;
    // Accounts that sign in through a provider, and those of the demo, have no password to enter.
    if account.password.is_some() && !hash::check(account.password.as_deref(), password).await? {
        let (zh, en) = ("当前密码不正确。", "The present password is wrong.");
        return Err(Refusal::field("account.password_wrong", "current", zh, en).into());
    }
    Ok(account)
}

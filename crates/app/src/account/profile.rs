//! The own account: what it shows, what it prefers, its password.

use keqiao_access::{Actor, may, password};
use keqiao_base::Refusal;
use keqiao_store::account::{self as stored, session, token};
use serde_json::json;

use super::factor::guarded;
use super::sign_up::region;
use super::{Account, hash, load, subject, text};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

/// The own account.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn show(ctx: &Ctx, actor: &Actor) -> AppResult<Account> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    load(ctx.db.read(), signed.account).await
}

/// How many recovery codes are left.
///
/// # Errors
/// A refusal when nobody is signed in.
pub async fn recovery_codes_left(ctx: &Ctx, actor: &Actor) -> AppResult<u64> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    Ok(stored::count_recovery_codes(ctx.db.read(), signed.account).await?)
}

/// Changes name, region and organisation. Once an identity was declared, name and organisation stand until it is voided.
///
/// # Errors
/// A refusal that names the field to correct.
pub async fn change(ctx: &Ctx, actor: &Actor, name: &str, region_written: &str, organisation: &str) -> AppResult<()> {
    let signed = actor.must_sign_in()?;
    actor.must(may::own_account(actor, signed.account))?;
    let (name, region) = (text("name", name, 40)?, region("region", region_written)?);
    let organisation = match organisation.trim() {
        "" => None,
        some => Some(text("organisation", some, 80)?),
    };
    let tx = ctx.begin().await?;
    let account = load(&tx, signed.account).await?;
    let declared = account.grade > keqiao_access::Grade::None;
    if declared && (name != account.name || organisation != account.organisation_name || region != account.region) {
        return Err(Refusal::field(
            "account.declared",
            "name",
            "身份已经声明，姓名、地区和单位不能自行更改。确需更改时，请联系本地科协撤销身份步骤后再改。",
            "The identity is declared; name, region and organisation stand. To change them, have the identity's step voided first.",
        )
        .into());
    }
    stored::save(&tx, Account { name, region, organisation_name: organisation, ..account }).await?;
    log::record(ctx, &tx, actor, "account.change", &subject(signed.account), json!({})).await?;
    ctx.commit(tx).await
}

/// What somebody prefers; nothing where it stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// `zh` or `en`.
    pub language: Option<String>,
    /// `auto`, `light` or `dark`.
    pub theme: Option<String>,
    /// Large type.
    pub large: Option<bool>,
}

/// Remembers preferences on the account; visitors have them in cookies only.
///
/// # Errors
/// When the database does not answer.
pub async fn prefer(ctx: &Ctx, actor: &Actor, preferences: Preferences) -> AppResult<()> {
    let Some(signed) = actor.signed().filter(|s| may::own_account(actor, s.account)) else { return Ok(()) };
    let tx = ctx.begin().await?;
    let mut account = load(&tx, signed.account).await?;
    account.language = preferences.language.or(account.language);
    account.theme = preferences.theme.or(account.theme);
    account.large = preferences.large.unwrap_or(account.large);
    stored::save(&tx, account).await?;
    ctx.commit(tx).await
}

/// Changes the password: all other sessions end, keys for programs stay.
///
/// # Errors
/// A refusal when the present password is wrong, or the new one is too weak.
pub async fn change_password(ctx: &Ctx, actor: &Actor, current: &str, new: &str) -> AppResult<()> {
    let account = guarded(ctx, actor, current).await?;
    password::check(new, &account.login)?;
    let signed = actor.must_sign_in()?;
    let hash = hash::make(&*ctx.entropy, new).await?;
    let tx = ctx.begin().await?;
    let account = load(&tx, account.id).await?;
    stored::save(&tx, Account { password: Some(hash), ..account }).await?;
    session::end_others(&tx, signed.account, signed.session(), ctx.now()).await?;
    log::record(ctx, &tx, actor, "account.password", &subject(signed.account), json!({})).await?;
    ctx.commit(tx).await
}

/// Closes the own account: it can no longer be signed in to; an administrator can open it again.
///
/// # Errors
/// A refusal when the password is wrong.
pub async fn close(ctx: &Ctx, actor: &Actor, current: &str) -> AppResult<()> {
    let account = guarded(ctx, actor, current).await?;
    let (id, now) = (account.id, ctx.now());
    let tx = ctx.begin().await?;
    stored::save(&tx, Account { state: stored::State::Suspended, ..account }).await?;
    session::end_others(&tx, id, None, now).await?;
    token::revoke(&tx, id, None, now).await?;
    log::record(ctx, &tx, actor, "account.close", &subject(id), json!({})).await?;
    ctx.commit(tx).await
}

//! Signing up: anybody, as citizen, science worker or member of an organisation. Roles are granted, never chosen.

use keqiao_access::{AccountKind, Actor, Grade, RegionCode, password};
use keqiao_base::{AccountId, FieldError, Kind, Refusal};
use keqiao_store::account as stored;
use serde_json::json;

use super::{Account, State, hash, subject, text};
use crate::context::Ctx;
use crate::error::{AppError, AppResult};
use crate::log;

/// Accounts that one network address may make in a day; offices share an address.
const A_DAY_MAX: i32 = 30;

/// What somebody fills in.
#[derive(Clone, Debug, Default)]
pub struct SignUp {
    /// Name to sign in with.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Password.
    pub password: String,
    /// Code of the kind of account.
    pub kind: String,
    /// Code or name of the region; may be empty.
    pub region: String,
    /// Employer or organisation; may be empty for citizens.
    pub organisation: String,
}

/// Makes an account. Does not sign in.
///
/// # Errors
/// A refusal that names every field to correct.
pub async fn sign_up(ctx: &Ctx, actor: &Actor, form: &SignUp) -> AppResult<AccountId> {
    let account = checked(ctx, form)?;
    let id = account.id;
    let password = hash::make(&*ctx.entropy, &form.password).await?;
    let tx = ctx.begin().await?;
    count_address(ctx, &tx, actor.address()).await?;
    if stored::load_by_login(&tx, &account.login).await?.is_some() {
        return Err(login_taken());
    }
    let detail = json!({"kind": account.kind, "login": account.login});
    stored::save_new(&tx, Account { password: Some(password), ..account }).await?;
    log::record(ctx, &tx, actor, "account.sign_up", &subject(id), detail).await?;
    ctx.commit(tx).await?;
    Ok(id)
}

pub(super) fn login_taken() -> AppError {
    let (zh, en) = ("这个登录名已有人使用，请换一个。", "This login is taken. Choose another.");
    let mut refusal = Refusal::field("account.login_taken", "login", zh, en);
    refusal.kind = Kind::Conflict;
    refusal.into()
}

/// An account without a password, from a form whose every field is right.
fn checked(ctx: &Ctx, form: &SignUp) -> Result<Account, Refusal> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut keep = |refusal: Refusal| wrong.extend(refusal.fields);
    let login = password::login(&form.login).map_err(&mut keep).unwrap_or_default();
    let name = text("name", &form.name, 40).map_err(&mut keep).unwrap_or_default();
    let _ = password::check(&form.password, &form.login).map_err(&mut keep);
    let kind = form.kind.parse().ok().filter(|k| *k != AccountKind::Staff);
    if kind.is_none() {
        keep(Refusal::field("account.kind", "kind", "请选择账号类别。", "Choose a kind of account."));
    }
    let region = region("region", &form.region).map_err(&mut keep).unwrap_or_default();
    let organisation = match kind {
        Some(AccountKind::Citizen) if form.organisation.trim().is_empty() => None,
        _ => text("organisation", &form.organisation, 80).map_err(&mut keep).ok(),
    };
    let Some(kind) = kind.filter(|_| wrong.is_empty()) else { return Err(Refusal::fields("account.sign_up", wrong)) };
    Ok(Account { organisation_name: organisation, region, ..blank(ctx, login, name, kind) })
}

/// A region as somebody wrote it: empty, or one of the list.
pub(crate) fn region(field: &str, written: &str) -> Result<Option<RegionCode>, Refusal> {
    if written.trim().is_empty() {
        return Ok(None);
    }
    RegionCode::find(written, None).map(Some).ok_or_else(|| {
        Refusal::field(
            "account.region",
            field,
            "没有找到这个地区：请写全称（如“演示省演示市云汀县”）或 6 位行政区划代码。",
            "No such region: write its full name or its six-digit code.",
        )
    })
}

/// A new account that cannot be signed in to yet.
pub fn blank(ctx: &Ctx, login: String, name: String, kind: AccountKind) -> Account {
    Account {
        id: AccountId::new(&*ctx.clock, &*ctx.entropy),
        login,
        name,
        kind,
        state: State::Active,
        region: None,
        organisation_id: None,
        organisation_name: None,
        grade: Grade::None,
        password: None,
        totp_secret: None,
        totp_confirmed: false,
        totp_step: None,
        language: None,
        theme: None,
        large: false,
        created_at: ctx.now(),
        signed_in_at: None,
        revision: 1,
    }
}

/// Counts accounts made from one address.
async fn count_address(ctx: &Ctx, tx: &keqiao_store::Tx, address: &str) -> AppResult<()> {
    let (key, now) = (format!("sign_up:{address}"), ctx.now());
    let before = stored::failure::load(tx, &key).await?.filter(|c| c.at.plus_days(1) > now);
    let made = before.map_or(0, |c| c.failures) + 1;
    if made > A_DAY_MAX {
        return Err(Refusal::new(
            Kind::TooMany,
            "account.sign_up_too_many",
            "同一网络今天注册的账号过多，请明天再试，或者请系统管理员代为建立。",
            "Too many accounts were made from this network today. Try tomorrow, or ask an administrator.",
        )
        .into());
    }
    let count = stored::failure::Model { key, failures: made, locked_until: None, at: now };
    Ok(stored::failure::save(tx, count).await?)
}

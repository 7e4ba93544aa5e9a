//! The first administrator: whoever runs the server is shown a link once, with which the first account is made. Later administrators are granted the
//! role by others.

use keqiao_access::{AccountKind, Actor, StaffRole, Via, secret};
use keqiao_base::{AccountId, Kind, Refusal};
use keqiao_store::account::{self as stored, role};
use keqiao_store::{Tx, setting};
use serde_json::json;

use super::sign_up::{self, SignUp};
use super::{Account, hash, subject, text};
use crate::context::Ctx;
use crate::error::AppResult;
use crate::log;

const SETTING: &str = "set_up_key";

/// Makes the key of the link when there is no account yet; an earlier one no longer opens. To be shown on the terminal.
///
/// # Errors
/// When the database does not answer.
pub async fn offer(ctx: &Ctx) -> AppResult<Option<String>> {
    let tx = ctx.begin().await?;
    if stored::count(&tx).await? > 0 {
        return Ok(None);
    }
    let key = secret::session(&*ctx.entropy);
    setting::save(&tx, SETTING, &key.hash).await?;
    ctx.commit(tx).await?;
    Ok(Some(key.clear))
}

/// Whether a key opens the set-up.
///
/// # Errors
/// A refusal when it does not.
pub async fn check(ctx: &Ctx, key: &str) -> AppResult<()> {
    let kept = setting::load(ctx.db.read(), SETTING).await?.filter(|hash| !hash.is_empty());
    match kept {
        Some(hash) if hash == secret::hash(key) => Ok(()),
        _ => Err(gone().into()),
    }
}

fn gone() -> Refusal {
    Refusal::new(
        Kind::NotFound,
        "account.set_up_gone",
        "这个初始设置链接已经用过或已失效。请在服务器上重新启动服务，终端会显示新的链接。",
        "This set-up link was used or is no longer good. Restart the server: it shows a new one on the terminal.",
    )
}

/// Makes the first administrator, of the region that the association is of.
///
/// # Errors
/// A refusal when the key opens nothing, or fields must be corrected.
pub async fn set_up(ctx: &Ctx, actor: &Actor, key: &str, form: &SignUp) -> AppResult<AccountId> {
    check(ctx, key).await?;
    let login = keqiao_access::password::login(&form.login)?;
    let name = text("name", &form.name, 40)?;
    keqiao_access::password::check(&form.password, &login)?;
    let Some(region) = sign_up::region("region", &form.region)? else {
        let (zh, en) = ("请填写本科协所在的地区。", "Give the region of the association.");
        return Err(Refusal::field("account.region", "region", zh, en).into());
    };
    let password = hash::make(&*ctx.entropy, &form.password).await?;
    let blank = sign_up::blank(ctx, login, name, AccountKind::Staff);
    let account = Account { password: Some(password), region: Some(region), ..blank };
    let id = account.id;
    let tx = ctx.begin().await?;
    take(&tx, key).await?;
    stored::save_new(&tx, account.clone()).await?;
    let held = role::Model {
        account_id: id,
        role: StaffRole::Administrator,
        region,
        association_id: None,
        granted_by: None,
        granted_at: ctx.now(),
        reason: "初始设置".to_owned(),
    };
    role::save(&tx, held).await?;
    let actor = super::actor(&tx, account, Via::Machine, actor.address()).await?;
    log::record(ctx, &tx, &actor, "account.set_up", &subject(id), json!({"region": region})).await?;
    ctx.commit(tx).await?;
    Ok(id)
}

/// Takes the key inside the transaction: two browsers cannot both be first.
async fn take(tx: &Tx, key: &str) -> AppResult<()> {
    if setting::load(tx, SETTING).await?.as_deref() != Some(secret::hash(key).as_str()) {
        return Err(gone().into());
    }
    Ok(setting::save(tx, SETTING, "").await?)
}

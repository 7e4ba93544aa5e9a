//! One account as an administrator sees it: roles, lock, second factor, reset link.

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Form, Router};
use keqiao_access::{RegionCode, StaffRole};
use keqiao_app::account::administer::{self, Shown};
use keqiao_app::account::role::Grant;
use keqiao_app::account::{recover, role};
use keqiao_app::{AppError, AppResult};
use keqiao_base::{AccountId, Refusal};
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::id_of;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/admin/accounts/{id}…`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/accounts/{id}", get(show))
        .route("/admin/accounts/{id}/roles", post(grant))
        .route("/admin/accounts/{id}/roles/revoke", post(revoke))
        .route("/admin/accounts/{id}/reset-link", post(reset_link))
        .route("/admin/accounts/{id}/unlock", post(unlock))
        .route("/admin/accounts/{id}/suspend", post(suspend))
        .route("/admin/accounts/{id}/resume", post(resume))
        .route("/admin/accounts/{id}/second-factor/remove", post(remove_second_factor))
}

#[derive(Template)]
#[template(path = "admin/account.html")]
struct Page {
    v: View,
    faults: Faults,
    shown: Shown,
    roles: Vec<(&'static str, &'static str)>,
    form: Filled,
    /// A reset link just made: shown once.
    link: Option<String>,
    own: bool,
}

async fn page(app: &App, asker: Asker, who: AccountId, faults: Faults, form: Filled, link: Option<String>) -> Answer {
    let shown = administer::show(&app.ctx, &asker.actor, who).await?;
    let own = asker.actor.account() == Some(who);
    let v = asker.view;
    let roles = StaffRole::ALL.iter().map(|r| (r.code(), v.f(r.title()))).collect();
    let page = Page { v, faults: faults.clone(), shown, roles, form, link, own };
    Ok(faults.answer(page_with(&page.v, &page)))
}

async fn show(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    page(&app, asker, id_of(&key)?, Faults::default(), Filled::default(), None).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filled {
    role: String,
    region: String,
    reason: String,
}

async fn grant(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Filled>) -> Answer {
    let who = id_of(&key)?;
    match granted(&app, &asker, who, &form).await {
        Ok(()) => Ok(notice::done(&back(who), "已授予角色。", "The role is granted.")),
        Err(error) => page(&app, asker, who, Faults::of(error)?, form, None).await,
    }
}

async fn granted(app: &App, asker: &Asker, who: AccountId, form: &Filled) -> AppResult<()> {
    let field = |name, zh, en| AppError::from(Refusal::field("role.grant", name, zh, en));
    let role = form.role.parse().map_err(|_| field("role", "请选择角色。", "Choose a role."))?;
    let region = RegionCode::find(&form.region, None);
    let region = region.ok_or_else(|| {
        field("region", "没有找到这个地区，请写全称或 6 位代码。", "No such region: full name or six-digit code.")
    })?;
    let grant = Grant { role, region, association: None, reason: form.reason.clone() };
    role::grant(&app.ctx, &asker.actor, who, grant).await
}

fn back(who: AccountId) -> String {
    format!("/admin/accounts/{who}")
}

async fn revoke(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Filled>) -> Answer {
    let who = id_of(&key)?;
    role::revoke(&app.ctx, &asker.actor, who, id_of(&form.role)?, id_of(&form.region)?).await?;
    Ok(notice::done(&back(who), "已收回角色。", "The role is taken away."))
}

async fn reset_link(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let who = id_of(&key)?;
    let link = recover::make_link(&app.ctx, &asker.actor, who).await?;
    let link = format!("{}/reset/{link}", app.ctx.settings.site);
    page(&app, asker, who, Faults::default(), Filled::default(), Some(link)).await
}

async fn unlock(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let who = id_of(&key)?;
    administer::unlock(&app.ctx, &asker.actor, who).await?;
    Ok(notice::done(&back(who), "已解除锁定。", "The lock is lifted."))
}

async fn suspend(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let who = id_of(&key)?;
    administer::suspend(&app.ctx, &asker.actor, who).await?;
    Ok(notice::done(&back(who), "账号已停用。", "The account is suspended."))
}

async fn resume(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let who = id_of(&key)?;
    administer::resume(&app.ctx, &asker.actor, who).await?;
    Ok(notice::done(&back(who), "账号已恢复。", "The account is active again."))
}

async fn remove_second_factor(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let who = id_of(&key)?;
    administer::remove_second_factor(&app.ctx, &asker.actor, who).await?;
    Ok(notice::done(&back(who), "已取消该账号的两步验证。", "The second factor is taken off."))
}

//! Accounts for programs. What guards an account (password, second factor, keys, roles) is for browsers: a stolen key must not be able to
//! change it.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::account::role::Held;
use keqiao_app::account::session::{self, Session};
use keqiao_app::account::sign_up::{self, SignUp};
use keqiao_app::account::token::{self, Token};
use keqiao_app::account::{Account, administer, profile};
use keqiao_store::PageRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Failure;
use crate::key::{id_of, words_of};
use crate::state::App;

/// The operations of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(sessions))
        .routes(routes!(end_session))
        .routes(routes!(tokens))
        .routes(routes!(revoke_token))
        .routes(routes!(accounts))
        .routes(routes!(account))
        .routes(routes!(suspend))
        .routes(routes!(resume))
        .routes(routes!(unlock))
}

/// What a visitor may do: become somebody.
pub fn for_visitors() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(make_account))
}

type Answer<T> = Result<Json<T>, Failure>;

/// 角色 · A role that is held.
#[derive(Serialize, ToSchema)]
struct RoleShown {
    /// 角色代码 · Code of the role.
    role: &'static str,
    /// 行政区划代码 · Region code.
    region: String,
}

impl From<&Held> for RoleShown {
    fn from(held: &Held) -> Self {
        RoleShown { role: held.role.code(), region: held.region.code() }
    }
}

/// 账号 · An account.
#[derive(Serialize, ToSchema)]
struct AccountShown {
    id: String,
    login: String,
    name: String,
    kind: &'static str,
    state: &'static str,
    /// 身份等级 · Grade of identity: none, declared, vouched, verified.
    grade: &'static str,
    region: Option<String>,
    organisation: Option<String>,
    second_factor: bool,
    created_at: String,
    signed_in_at: Option<String>,
    roles: Vec<RoleShown>,
}

impl AccountShown {
    fn of(account: &Account, roles: &[Held]) -> AccountShown {
        AccountShown {
            id: account.id.to_string(),
            login: account.login.clone(),
            name: account.name.clone(),
            kind: account.kind.code(),
            state: account.state.code(),
            grade: account.grade.code(),
            region: account.region.map(|r| r.code()),
            organisation: account.organisation_name.clone(),
            second_factor: account.totp_confirmed,
            created_at: account.created_at.iso(),
            signed_in_at: account.signed_in_at.map(|at| at.iso()),
            roles: roles.iter().map(RoleShown::from).collect(),
        }
    }
}

/// 本人账号 · The own account.
#[utoipa::path(get, path = "/me", tag = "账号 · Accounts", security(("token" = [])), responses((status = 200, body = AccountShown)))]
async fn me(State(app): State<App>, asker: Asker) -> Answer<AccountShown> {
    let account = profile::show(&app.ctx, &asker.actor).await?;
    let mut shown = AccountShown::of(&account, &[]);
    let held = asker.actor.signed().map(|s| s.roles.as_slice()).unwrap_or_default();
    shown.roles = held.iter().map(|h| RoleShown { role: h.role.code(), region: h.region.code() }).collect();
    Ok(Json(shown))
}

/// 登录设备 · A signed-in browser.
#[derive(Serialize, ToSchema)]
struct SessionShown {
    id: String,
    agent: String,
    address: String,
    created_at: String,
    seen_at: String,
}

impl From<Session> for SessionShown {
    fn from(s: Session) -> Self {
        let (created_at, seen_at) = (s.created_at.iso(), s.seen_at.iso());
        SessionShown { id: s.id.to_string(), agent: s.agent, address: s.address, created_at, seen_at }
    }
}

/// 本人登录设备 · Browsers signed in to the own account.
#[utoipa::path(get, path = "/me/sessions", tag = "账号 · Accounts", security(("token" = [])), responses((status = 200, body = Vec<SessionShown>)))]
async fn sessions(State(app): State<App>, asker: Asker) -> Answer<Vec<SessionShown>> {
    Ok(Json(session::list(&app.ctx, &asker.actor).await?.into_iter().map(Into::into).collect()))
}

/// 让一个设备退出 · End one of them.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn end_session(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<StatusCode, Failure> {
    session::end(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 访问密钥 · A key for programs.
#[derive(Serialize, ToSchema)]
struct TokenShown {
    id: String,
    title: String,
    /// 前几位 · Its first characters.
    shown: String,
    scopes: Vec<&'static str>,
    created_at: String,
    expires_at: String,
    used_at: Option<String>,
}

impl From<Token> for TokenShown {
    fn from(t: Token) -> Self {
        let scopes = token::scopes(&t).iter().map(|s| s.code()).collect();
        TokenShown {
            id: t.id.to_string(),
            title: t.title,
            shown: t.shown,
            scopes,
            created_at: t.created_at.iso(),
            expires_at: t.expires_at.iso(),
            used_at: t.used_at.map(|at| at.iso()),
        }
    }
}

/// 本人访问密钥（建立须登录网页） · Keys of the own account; they are made in the browser.
#[utoipa::path(get, path = "/me/tokens", tag = "账号 · Accounts", security(("token" = [])), responses((status = 200, body = Vec<TokenShown>)))]
async fn tokens(State(app): State<App>, asker: Asker) -> Answer<Vec<TokenShown>> {
    Ok(Json(token::list(&app.ctx, &asker.actor).await?.into_iter().map(Into::into).collect()))
}

/// 撤销访问密钥 · Revoke one.
#[utoipa::path(delete, path = "/me/tokens/{id}", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn revoke_token(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<StatusCode, Failure> {
    token::revoke(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 查找条件 · Which accounts.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
struct AccountQuery {
    /// 姓名或登录名 · A part of name or login.
    #[param(max_length = 100)]
    q: String,
}

/// 账号列表 · Accounts of the regions that one administers, newest first.
#[utoipa::path(get, path = "/accounts", tag = "账号 · Accounts", params(AccountQuery, Cursor), security(("token" = [])), responses((status = 200, body = Listed<AccountShown>)))]
async fn accounts(
    State(app): State<App>,
    asker: Asker,
    Query(query): Query<AccountQuery>,
    Query(cursor): Query<Cursor>,
) -> Answer<Listed<AccountShown>> {
    let below = cursor.after()?.map(|key| id_of(&key)).transpose()?;
    let filter = keqiao_store::account::Filter { text: words_of(&query.q)?, below, ..Default::default() };
    let limit = cursor.limit().min(PageRequest::SIZE_MAX - 1);
    let page = administer::list(&app.ctx, &asker.actor, filter, PageRequest::new(1, limit + 1)).await?;
    Ok(Json(Listed::of(page.rows, limit, |(a, _)| a.id.to_string(), |(a, roles)| AccountShown::of(&a, &roles))))
}

/// 注册 · What somebody fills in.
#[derive(Deserialize, ToSchema)]
struct NewAccount {
    #[schema(max_length = 64)]
    login: String,
    #[schema(max_length = 40)]
    name: String,
    /// 至少 10 个字符 · At least 10 characters.
    #[schema(min_length = 10, max_length = 128)]
    password: String,
    /// citizen, science_worker, member
    kind: String,
    /// 全称或 6 位代码 · Full name or six-digit code.
    #[serde(default)]
    region: String,
    #[serde(default)]
    organisation: String,
}

/// 建立的账号 · The account that was made.
#[derive(Serialize, ToSchema)]
struct Made {
    id: String,
}

/// 注册账号 · Sign up.
#[utoipa::path(post, path = "/accounts", tag = "账号 · Accounts", request_body = NewAccount, responses((status = 201, body = Made)))]
async fn make_account(
    State(app): State<App>,
    asker: Asker,
    Json(new): Json<NewAccount>,
) -> Result<(StatusCode, Json<Made>), Failure> {
    let NewAccount { login, name, password, kind, region, organisation } = new;
    let form = SignUp { login, name, password, kind, region, organisation };
    let id = sign_up::sign_up(&app.ctx, &asker.actor, &form).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string() })))
}

/// 一个账号 · One account.
#[utoipa::path(get, path = "/accounts/{id}", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 200, body = AccountShown)))]
async fn account(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer<AccountShown> {
    let shown = administer::show(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(Json(AccountShown::of(&shown.account, &shown.roles)))
}

/// 停用账号 · Suspend an account.
#[utoipa::path(post, path = "/accounts/{id}/suspend", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn suspend(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<StatusCode, Failure> {
    administer::suspend(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 恢复账号 · Let a suspended account sign in again.
#[utoipa::path(post, path = "/accounts/{id}/resume", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn resume(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<StatusCode, Failure> {
    administer::resume(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 解除登录锁定 · Lift the lock of a login.
#[utoipa::path(post, path = "/accounts/{id}/unlock", tag = "账号 · Accounts", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn unlock(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Result<StatusCode, Failure> {
    administer::unlock(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

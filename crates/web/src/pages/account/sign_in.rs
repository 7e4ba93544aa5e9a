//! Signing in: login and password, second factor, the identity provider, one click in the demo; and signing out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use axum_extra::extract::cookie::CookieJar;
use keqiao_app::account::demo::{self, ACCOUNTS, DemoAccount};
use keqiao_app::account::provider::{self, RETURN_PATH, Returned};
use keqiao_app::account::session;
use keqiao_app::account::sign_in::{self, SignIn, SignedIn};
use keqiao_base::{Kind, Refusal};
use serde::Deserialize;

use crate::asker::{Asker, SESSION};
use crate::failure::Answer;
use crate::faults::Faults;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;
use crate::{cookie, notice};

/// Keeps the key of a sign-in that waits for its second factor.
const WAITING: &str = "keqiao_waiting";
/// Keeps the state of a sign-in through the provider.
const STATE: &str = "keqiao_state";
const MINUTES_10: i64 = 600;

/// `/sign-in…`, `/sign-out`, `/demo/sign-in`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(show).post(enter))
        .route("/sign-in/second", get(show_second).post(enter_second))
        .route("/sign-in/provider", get(leave))
        .route(RETURN_PATH, get(come_back))
        .route("/sign-out", post(sign_out))
        .route("/demo/sign-in", post(enter_demo))
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct Page {
    v: View,
    faults: Faults,
    login: String,
    next: String,
    provider: Option<String>,
    demo: &'static [DemoAccount],
}

#[derive(Template)]
#[template(path = "account/second.html")]
struct Second {
    v: View,
    faults: Faults,
    next: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Next {
    next: String,
}

fn page(app: &App, v: View, faults: Faults, login: String, next: String) -> Response {
    let provider = provider::title(&app.ctx).map(|title| v.b(title).to_owned());
    let demo = if app.ctx.settings.demo { ACCOUNTS } else { &[] };
    let page = Page { provider, demo, login, next: notice::own_path(&next).to_owned(), faults: faults.clone(), v };
    faults.answer(page_with(&page.v, &page))
}

async fn show(State(app): State<App>, asker: Asker, Query(query): Query<Next>) -> Response {
    if asker.view.who.is_some() {
        return notice::redirect(&query.next);
    }
    page(&app, asker.view, Faults::default(), String::new(), query.next)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    login: String,
    password: String,
    recovery: String,
    next: String,
}

fn agent(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

async fn enter(State(app): State<App>, asker: Asker, headers: HeaderMap, Form(form): Form<Entered>) -> Answer {
    let entered =
        SignIn { login: form.login.clone(), password: form.password, recovery: form.recovery, agent: agent(&headers) };
    match sign_in::sign_in(&app.ctx, &asker.actor, &entered).await {
        Ok(signed_in) => Ok(opened(&app, &asker, &signed_in, &form.next)),
        Err(error) => Ok(page(&app, asker.view, Faults::of(error)?, form.login, form.next)),
    }
}

/// The way on after a step that succeeded, with its cookies.
fn opened(app: &App, asker: &Asker, signed_in: &SignedIn, next: &str) -> Response {
    if signed_in.waits {
        let to = format!(
            "/sign-in/second?next={}",
            percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC)
        );
        let mut response = notice::redirect(&to);
        cookie::set(&mut response, app, WAITING, &signed_in.key, MINUTES_10);
        return response;
    }
    let account = &signed_in.account;
    let name = &account.name;
    let mut response = notice::done(next, format!("{name}，您好。"), format!("Welcome, {name}."));
    cookie::sign_in(&mut response, app, &signed_in.key);
    cookie::clear(&mut response, app, WAITING);
    // What was chosen on the account holds; large type chosen in this browser is kept too.
    let large = (account.large || asker.view.large).then_some(true);
    cookie::prefer(&mut response, app, account.language.as_deref(), account.theme.as_deref(), large);
    response
}

async fn show_second(asker: Asker, Query(query): Query<Next>) -> Response {
    let next = notice::own_path(&query.next).to_owned();
    page_with(&asker.view.clone(), &Second { v: asker.view, faults: Faults::default(), next })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Code {
    code: String,
    next: String,
}

async fn enter_second(State(app): State<App>, asker: Asker, cookies: CookieJar, Form(form): Form<Code>) -> Answer {
    let key = cookies.get(WAITING).map(|c| c.value().to_owned()).unwrap_or_default();
    match sign_in::second_step(&app.ctx, &asker.actor, &key, &form.code).await {
        Ok(signed_in) => Ok(opened(&app, &asker, &signed_in, &form.next)),
        Err(error) => {
            let faults = Faults::of(error)?;
            let next = notice::own_path(&form.next).to_owned();
            let page = Second { v: asker.view, faults: faults.clone(), next };
            Ok(faults.answer(page_with(&page.v, &page)))
        }
    }
}

async fn leave(State(app): State<App>, Query(query): Query<Next>) -> Answer {
    let leaving = provider::begin(&app.ctx, notice::own_path(&query.next)).await?;
    let mut response = notice::leave(&leaving.url);
    cookie::set(&mut response, &app, STATE, &leaving.state, MINUTES_10);
    Ok(response)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Back {
    state: String,
    code: String,
    error: String,
}

async fn come_back(
    State(app): State<App>,
    asker: Asker,
    headers: HeaderMap,
    cookies: CookieJar,
    Query(back): Query<Back>,
) -> Answer {
    if !back.error.is_empty() {
        let (zh, en) =
            ("没有在统一身份认证平台上完成登录。", "The sign-in at the identity provider was not completed.");
        return Err(Refusal::new(Kind::Forbidden, "provider.denied", zh, en).into());
    }
    let kept = cookies.get(STATE).map(|c| c.value().to_owned()).unwrap_or_default();
    let returned = Returned { state: back.state, state_kept: kept, code: back.code, agent: agent(&headers) };
    let (signed_in, next) = provider::finish_sign_in(&app.ctx, &asker.actor, &returned).await?;
    let mut response = opened(&app, &asker, &signed_in, &next);
    cookie::clear(&mut response, &app, STATE);
    Ok(response)
}

async fn sign_out(State(app): State<App>, asker: Asker) -> Answer {
    session::sign_out(&app.ctx, &asker.actor).await?;
    let mut response = notice::done("/", "已退出登录。", "Signed out.");
    cookie::clear(&mut response, &app, SESSION);
    Ok(response)
}

#[derive(Deserialize)]
struct As {
    role: String,
    #[serde(default)]
    next: String,
}

async fn enter_demo(State(app): State<App>, asker: Asker, headers: HeaderMap, Form(form): Form<As>) -> Answer {
    let signed_in = demo::sign_in(&app.ctx, &asker.actor, &form.role, &agent(&headers)).await?;
    Ok(opened(&app, &asker, &signed_in, &form.next))
}

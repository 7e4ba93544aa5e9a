//! Password, second factor, recovery codes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Form, Router};
use keqiao_app::AppResult;
use keqiao_app::account::{Account, factor, profile};
use serde::Deserialize;

use super::tabs;
use crate::asker::{Asker, SESSION};
use crate::failure::Answer;
use crate::faults::Faults;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;
use crate::{cookie, notice, qr};

/// `/account/security…`, `/account/close`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/security", get(show))
        .route("/account/password", post(change_password))
        .route("/account/second-factor", post(begin))
        .route("/account/second-factor/confirm", post(confirm))
        .route("/account/second-factor/off", post(disable))
        .route("/account/recovery-codes", post(renew))
        .route("/account/close", post(close))
}

#[derive(Template)]
#[template(path = "account/security.html")]
struct Page {
    v: View,
    tabs: Vec<(&'static str, &'static str, bool)>,
    faults: Faults,
    /// Which form the faults belong to.
    at: &'static str,
    account: Account,
    codes_left: u64,
}

#[derive(Template)]
#[template(path = "account/enrol.html")]
struct Enrol {
    v: View,
    faults: Faults,
    secret: String,
    picture: Option<(i32, String)>,
}

#[derive(Template)]
#[template(path = "account/codes.html")]
struct Codes {
    v: View,
    codes: Vec<String>,
}

async fn page(app: &App, asker: Asker, faults: Faults, at: &'static str) -> Answer {
    let account = profile::show(&app.ctx, &asker.actor).await?;
    let codes_left = profile::recovery_codes_left(&app.ctx, &asker.actor).await?;
    let v = asker.view;
    let page = Page { tabs: tabs(&v, "/account/security"), v, faults: faults.clone(), at, account, codes_left };
    Ok(faults.answer(page_with(&page.v, &page)))
}

async fn show(State(app): State<App>, asker: Asker) -> Answer {
    page(&app, asker, Faults::default(), "").await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    current: String,
    password: String,
    code: String,
}

/// The way on after a change, or the page with what is wrong.
async fn done(app: &App, asker: Asker, result: AppResult<()>, at: &'static str, zh: &str, en: &str) -> Answer {
    match result {
        Ok(()) => Ok(notice::done("/account/security", zh, en)),
        Err(error) => page(app, asker, Faults::of(error)?, at).await,
    }
}

async fn change_password(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    let result = profile::change_password(&app.ctx, &asker.actor, &form.current, &form.password).await;
    let (zh, en) =
        ("密码已更改，其他设备均已退出登录。", "The password is changed; all other browsers are signed out.");
    done(&app, asker, result, "password", zh, en).await
}

fn enrolment(v: View, enrolment: factor::Enrolment, faults: Faults) -> Response {
    let picture = qr::path(&enrolment.address);
    let page = Enrol { v, faults: faults.clone(), secret: enrolment.secret, picture };
    faults.answer(page_with(&page.v, &page))
}

async fn begin(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    match factor::begin(&app.ctx, &asker.actor, &form.current).await {
        Ok(begun) => Ok(enrolment(asker.view, begun, Faults::default())),
        Err(error) => page(&app, asker, Faults::of(error)?, "factor").await,
    }
}

async fn confirm(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    match factor::confirm(&app.ctx, &asker.actor, &form.code).await {
        Ok(codes) => Ok(page_with(&asker.view.clone(), &Codes { v: asker.view, codes })),
        Err(error) => {
            let faults = Faults::of(error)?;
            let begun = factor::under_way(&app.ctx, &asker.actor).await?;
            Ok(enrolment(asker.view, begun, faults))
        }
    }
}

async fn disable(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    let result = factor::disable(&app.ctx, &asker.actor, &form.current).await;
    done(&app, asker, result, "factor", "两步验证已关闭。", "The second factor is off.").await
}

async fn renew(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    match factor::renew_codes(&app.ctx, &asker.actor, &form.current).await {
        Ok(codes) => Ok(page_with(&asker.view.clone(), &Codes { v: asker.view, codes })),
        Err(error) => page(&app, asker, Faults::of(error)?, "codes").await,
    }
}

async fn close(State(app): State<App>, asker: Asker, Form(form): Form<Entered>) -> Answer {
    match profile::close(&app.ctx, &asker.actor, &form.current).await {
        Ok(()) => {
            let mut response = notice::done("/", "账号已注销。", "The account is closed.");
            cookie::clear(&mut response, &app, SESSION);
            Ok(response)
        }
        Err(error) => page(&app, asker, Faults::of(error)?, "close").await,
    }
}

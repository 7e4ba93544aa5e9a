//! Signing up, and setting up the first administrator by the link that the terminal shows.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use keqiao_access::AccountKind;
use keqiao_app::account::first;
use keqiao_app::account::sign_up::{self, SignUp};
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/sign-up`, `/set-up/{key}`.
pub fn routes() -> Router<App> {
    Router::new().route("/sign-up", get(show).post(enter)).route("/set-up/{key}", get(show_first).post(enter_first))
}

#[derive(Template)]
#[template(path = "account/sign_up.html")]
struct Page {
    v: View,
    faults: Faults,
    form: Filled,
    kinds: Vec<(&'static str, &'static str)>,
    first: bool,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Filled {
    login: String,
    name: String,
    password: String,
    kind: String,
    region: String,
    organisation: String,
}

impl From<Filled> for SignUp {
    fn from(form: Filled) -> Self {
        let Filled { login, name, password, kind, region, organisation } = form;
        SignUp { login, name, password, kind, region, organisation }
    }
}

fn page(v: View, faults: Faults, form: Filled, first: bool) -> Response {
    let offered = AccountKind::ALL.iter().filter(|k| **k != AccountKind::Staff);
    let kinds = offered.map(|k| (k.code(), v.f(k.title()))).collect();
    let page = Page { v, faults: faults.clone(), form, kinds, first };
    faults.answer(page_with(&page.v, &page))
}

async fn show(asker: Asker) -> Response {
    page(asker.view, Faults::default(), Filled::default(), false)
}

async fn enter(State(app): State<App>, asker: Asker, Form(form): Form<Filled>) -> Answer {
    match sign_up::sign_up(&app.ctx, &asker.actor, &form.clone().into()).await {
        Ok(_) => Ok(notice::done("/sign-in", "账号已建立，请登录。", "The account is made. Please sign in.")),
        Err(error) => Ok(page(asker.view, Faults::of(error)?, form, false)),
    }
}

async fn show_first(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    first::check(&app.ctx, &key).await?;
    Ok(page(asker.view, Faults::default(), Filled::default(), true))
}

async fn enter_first(
    State(app): State<App>,
    asker: Asker,
    Path(key): Path<String>,
    Form(form): Form<Filled>,
) -> Answer {
    match first::set_up(&app.ctx, &asker.actor, &key, &form.clone().into()).await {
        Ok(_) => Ok(notice::done(
            "/sign-in",
            "系统管理员账号已建立，请登录。",
            "The administrator's account is made. Please sign in.",
        )),
        Err(error) => Ok(page(asker.view, Faults::of(error)?, form, true)),
    }
}

//! The identity of the own account: declaring it, and the steps that were taken.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use keqiao_app::account::identity::{self, Step};
use keqiao_app::account::{Account, profile};
use serde::Deserialize;

use super::tabs;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/account/identity`.
pub fn routes() -> Router<App> {
    Router::new().route("/account/identity", get(show).post(declare))
}

#[derive(Template)]
#[template(path = "account/identity.html")]
struct Page {
    v: View,
    tabs: Vec<(&'static str, &'static str, bool)>,
    faults: Faults,
    account: Account,
    steps: Vec<Step>,
}

async fn page(app: &App, asker: Asker, faults: Faults) -> Answer {
    let account = profile::show(&app.ctx, &asker.actor).await?;
    let steps = identity::history(&app.ctx, &asker.actor, account.id).await?;
    let v = asker.view;
    let page = Page { tabs: tabs(&v, "/account/identity"), v, faults: faults.clone(), account, steps };
    let response: Response = page_with(&page.v, &page);
    Ok(faults.answer(response))
}

async fn show(State(app): State<App>, asker: Asker) -> Answer {
    page(&app, asker, Faults::default()).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filled {
    name: String,
    organisation: String,
}

async fn declare(State(app): State<App>, asker: Asker, Form(form): Form<Filled>) -> Answer {
    match identity::declare(&app.ctx, &asker.actor, &form.name, &form.organisation).await {
        Ok(()) => Ok(notice::done(
            "/account/identity",
            "已声明。等待所在单位担保或科协核验。",
            "Declared. Your organisation or the association will look at it.",
        )),
        Err(error) => page(&app, asker, Faults::of(error)?).await,
    }
}

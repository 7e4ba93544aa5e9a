//! The own account: name, region, organisation.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
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

/// `/account`.
pub fn routes() -> Router<App> {
    Router::new().route("/account", get(show).post(change))
}

#[derive(Template)]
#[template(path = "account/profile.html")]
struct Page {
    v: View,
    tabs: Vec<(&'static str, &'static str, bool)>,
    faults: Faults,
    account: Account,
    form: Filled,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Filled {
    name: String,
    region: String,
    organisation: String,
}

fn page(v: View, faults: Faults, account: Account, form: Filled) -> Response {
    let page = Page { tabs: tabs(&v, "/account"), v, faults: faults.clone(), account, form };
    faults.answer(page_with(&page.v, &page))
}

async fn show(State(app): State<App>, asker: Asker) -> Answer {
    let account = profile::show(&app.ctx, &asker.actor).await?;
    let form = Filled {
        name: account.name.clone(),
        region: account.region.map(|r| r.full_name()).unwrap_or_default(),
        organisation: account.organisation_name.clone().unwrap_or_default(),
    };
    Ok(page(asker.view, Faults::default(), account, form))
}

async fn change(State(app): State<App>, asker: Asker, Form(form): Form<Filled>) -> Answer {
    let account = profile::show(&app.ctx, &asker.actor).await?;
    match profile::change(&app.ctx, &asker.actor, &form.name, &form.region, &form.organisation).await {
        Ok(()) => Ok(notice::done("/account", "已保存。", "Saved.")),
        Err(error) => Ok(page(asker.view, Faults::of(error)?, account, form)),
    }
}

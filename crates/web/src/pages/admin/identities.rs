//! Identities that an officer, or a member of the same organisation, may take a step for.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::routing::{get, post};
use axum::{Form, Router};
use keqiao_access::identity::DocumentKind;
use keqiao_access::{Grade, may};
use keqiao_app::AppResult;
use keqiao_app::account::Account;
use keqiao_app::account::identity::{self, Seen, Step};
use keqiao_base::AccountId;
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::id_of;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/identities…`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/identities", get(list))
        .route("/identities/{id}", get(show))
        .route("/identities/{id}/vouch", post(vouch))
        .route("/identities/{id}/verify", post(verify))
        .route("/identities/{id}/void", post(void))
        .route("/identities/{id}/organisation", post(place))
}

#[derive(Template)]
#[template(path = "admin/identities.html")]
struct List {
    v: View,
    l: Listing,
    rows: Vec<Account>,
    grades: Vec<(&'static str, &'static str)>,
}

async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/identities", query.as_deref().unwrap_or_default(), "");
    let grade = l.get("grade").parse().ok();
    let page = identity::waiting(&app.ctx, &asker.actor, grade, l.request()).await?;
    let v = asker.view;
    let grades = Grade::ALL.iter().map(|g| (g.code(), v.f(g.title()))).collect();
    let page = List { v, l: l.of(page.total), rows: page.rows, grades };
    Ok(page_with(&page.v, &page))
}

#[derive(Template)]
#[template(path = "admin/identity.html")]
struct Page {
    v: View,
    faults: Faults,
    account: Account,
    steps: Vec<Step>,
    documents: Vec<(&'static str, &'static str)>,
    form: Filled,
    verifies: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filled {
    document: String,
    number: String,
    reason: String,
}

async fn page(app: &App, asker: Asker, who: AccountId, faults: Faults, form: Filled) -> Answer {
    let (account, steps) = identity::show(&app.ctx, &asker.actor, who).await?;
    let verifies = may::verify_identity(&asker.actor, who, account.region);
    let v = asker.view;
    let documents = DocumentKind::ALL.iter().map(|d| (d.code(), v.f(d.title()))).collect();
    let page = Page { v, faults: faults.clone(), account, steps, documents, form, verifies };
    Ok(faults.answer(page_with(&page.v, &page)))
}

async fn show(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    page(&app, asker, id_of(&key)?, Faults::default(), Filled::default()).await
}

async fn done(app: &App, asker: Asker, who: AccountId, result: AppResult<()>, form: Filled) -> Answer {
    match result {
        Ok(()) => Ok(notice::done(&format!("/identities/{who}"), "已记录。", "Recorded.")),
        Err(error) => page(app, asker, who, Faults::of(error)?, form).await,
    }
}

async fn vouch(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Filled>) -> Answer {
    let who = id_of(&key)?;
    let result = identity::vouch(&app.ctx, &asker.actor, who, &form.reason).await;
    done(&app, asker, who, result, form).await
}

async fn verify(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Filled>) -> Answer {
    let who = id_of(&key)?;
    let seen = Seen { document: form.document.clone(), number: form.number.clone(), reason: form.reason.clone() };
    let result = identity::verify(&app.ctx, &asker.actor, who, &seen).await;
    done(&app, asker, who, result, form).await
}

async fn void(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Filled>) -> Answer {
    let who = id_of(&key)?;
    let result = identity::void(&app.ctx, &asker.actor, who, &form.reason).await;
    done(&app, asker, who, result, form).await
}

/// For which organisation somebody acts.
#[derive(Deserialize)]
struct Placed {
    organisation: String,
}

async fn place(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Placed>) -> Answer {
    let who = id_of(&key)?;
    let result = identity::place(&app.ctx, &asker.actor, who, &form.organisation).await;
    done(&app, asker, who, result, Filled::default()).await
}

//! The list of accounts.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::routing::get;
use keqiao_access::{AccountKind, Grade};
use keqiao_app::account::role::Held;
use keqiao_app::account::{Account, State as AccountState, administer};
use keqiao_store::account::Filter;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/admin/accounts`.
pub fn routes() -> Router<App> {
    Router::new().route("/admin/accounts", get(show))
}

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<(Account, Vec<Held>)>,
    kinds: Vec<(&'static str, &'static str)>,
    states: Vec<(&'static str, &'static str)>,
    grades: Vec<(&'static str, &'static str)>,
}

async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/admin/accounts", query.as_deref().unwrap_or_default(), "");
    let filter = Filter {
        text: l.get("q").to_owned(),
        kind: l.get("kind").parse().ok(),
        state: l.get("state").parse().ok(),
        grade: l.get("grade").parse().ok(),
        ..Filter::default()
    };
    let page = administer::list(&app.ctx, &asker.actor, filter, l.request()).await?;
    let v = asker.view;
    let page = Page {
        l: l.of(page.total),
        rows: page.rows,
        kinds: AccountKind::ALL.iter().map(|k| (k.code(), v.f(k.title()))).collect(),
        states: AccountState::ALL.iter().map(|s| (s.code(), v.f(s.title()))).collect(),
        grades: Grade::ALL.iter().map(|g| (g.code(), v.f(g.title()))).collect(),
        v,
    };
    Ok(page_with(&page.v, &page))
}

//! The first page: what this is for visitors, what waits for staff.

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::asker::Asker;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/`.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    v: View,
}

async fn home(asker: Asker) -> Response {
    page_with(&asker.view.clone(), &Home { v: asker.view })
}

//! Pages of evidence (佐证): the list, the form that takes under a minute, one record with its history, imports.

mod choice;
mod form;
mod import;
mod list;
mod proof;
mod record;
mod sending;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::state::App;

/// Everything but what takes files in.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/evidence", get(list::show))
        .route("/evidence.xlsx", get(list::xlsx))
        .route("/evidence.csv", get(list::csv))
        .route("/evidence/new", get(form::blank))
        .route("/evidence/template.xlsx", get(import::template))
        .route("/evidence/imports", get(import::list))
        .route("/evidence/import", get(import::form))
        .route("/evidence/imports/{id}", get(import::show))
        .route("/evidence/imports/{id}/columns", post(import::columns))
        .route("/evidence/imports/{id}/run", post(import::run))
        .route("/evidence/imports/{id}/undo", post(import::undo))
        .route("/evidence/imports/{id}/discard", post(import::discard))
        .route("/evidence/{id}", get(record::show))
        .route("/evidence/{id}/files/{number}", get(record::file))
        .route("/evidence/{id}/confirm", post(record::confirm))
        .route("/evidence/{id}/void", post(record::void))
}

/// What takes files in: it may take long and much.
pub(crate) fn upload_routes() -> Router<App> {
    // Twenty files of a phone, and a little room for the form around them.
    let limit = DefaultBodyLimit::max(210 << 20);
    Router::new()
        .route("/evidence/new", post(form::take))
        .route("/evidence/{id}/proof", post(proof::take))
        .route("/evidence/imports", post(import::take))
        .layer(limit)
}

//! The pages of the books (收支): a year at a glance, ledger, imports, public tables, codes, statements, projects, years.

mod codes;
mod import;
mod ledger;
mod overview;
mod project;
mod scope;
mod statement;
mod tables;
mod year;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::state::App;

/// Everything but uploads.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/money", get(overview::show))
        .route("/money/ledger", get(ledger::list))
        .route("/money/ledger/export", get(ledger::export))
        .route("/money/imports", get(import::list))
        .route("/money/import", get(import::form))
        .route("/money/imports/{id}", get(import::show))
        .route("/money/imports/{id}/discard", post(import::discard))
        .route("/money/tables", get(tables::show))
        .route("/money/tables/export", get(tables::export))
        .route("/money/codes", get(codes::show))
        .route("/money/statements", get(statement::list))
        .route("/money/statements/template.xlsx", get(statement::template))
        .route("/money/statements/{id}/{key}", get(statement::show).post(statement::save))
        .route("/money/statements/{id}/opening/carry", post(statement::carry))
        .route("/money/projects", get(project::list).post(project::make))
        .route("/money/projects/{id}", get(project::show).post(project::change))
        .route("/money/units", post(project::make_unit))
        .route("/money/units/{id}", post(project::change_unit))
        .route("/money/years", get(year::list).post(year::open))
        .route("/money/years/close", post(year::close))
        .route("/money/years/reopen", post(year::reopen))
}

/// Uploads, and what reads a whole file: they take longer than pages.
pub fn upload_routes() -> Router<App> {
    Router::new()
        .route("/money/import", post(import::take))
        .route("/money/imports/{id}/columns", post(import::columns))
        .route("/money/imports/{id}/run", post(import::run))
        .route("/money/imports/{id}/undo", post(import::undo))
        .route("/money/codes", post(codes::take))
        .route("/money/statements", post(statement::take))
        .layer(DefaultBodyLimit::disable())
}

/// What a spreadsheet of ours is sent as.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The fields of a form, by name; what is missing is empty.
type Sent = std::collections::HashMap<String, String>;

/// The value of a field.
fn sent<'a>(form: &'a Sent, name: &str) -> &'a str {
    form.get(name).map_or("", String::as_str)
}

/// The revision that a form was made from; one that cannot be is older than all.
fn revision(form: &Sent) -> i32 {
    sent(form, "revision").parse().unwrap_or(-1)
}

//! The pages of the report desk (报告校对台).

mod choice;
mod dashboard;
mod finding;
mod ledger;
mod report;
mod reports;
mod uploads;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};

use crate::state::App;

/// Everything but uploads.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(reports::list))
        .route("/desk/upload", get(uploads::form))
        .route("/desk/dashboard", get(dashboard::show))
        .route("/desk/ledger", get(ledger::list))
        .route("/desk/ledger/export", get(ledger::export))
        .route("/desk/reports/{id}", get(report::show))
        .route("/desk/reports/{id}/findings", get(report::findings))
        .route("/desk/reports/{id}/compare", get(report::compare))
        .route("/desk/reports/{id}/remove", post(report::remove))
        .route("/desk/reports/{id}/versions/{number}/file", get(report::file))
        .route("/desk/findings/{id}", get(finding::show))
        .route("/desk/findings/{id}/judge", post(finding::judge))
        .route("/desk/findings/{id}/assign", post(finding::assign))
        .route("/desk/findings/{id}/comment", post(finding::comment))
        .route("/desk/batches", post(uploads::begin_batch))
        .route("/desk/batches/{id}/uploads", post(uploads::begin_upload))
}

/// Uploads: they take longer than pages, and their bodies have limits of their own.
pub fn upload_routes() -> Router<App> {
    Router::new()
        .route("/desk/uploads/{id}", put(uploads::receive).get(uploads::progress))
        .route("/desk/upload", post(uploads::take))
        .route("/desk/reports/{id}/versions", post(uploads::take_version))
        .layer(DefaultBodyLimit::disable())
}

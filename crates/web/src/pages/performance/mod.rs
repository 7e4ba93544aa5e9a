//! The pages of performance (绩效): targets, monitoring, evaluations, tasks, allocation, last year's report.

mod allocation;
mod choice;
mod edit;
mod evaluation;
mod evaluations;
mod forms;
mod import;
mod lines;
mod monitoring;
mod sent;
mod target;
mod targets;
mod tasks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::state::App;

/// Everything but what takes files in.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/performance", get(targets::list))
        .route("/performance/targets", post(targets::begin))
        .route("/performance/targets/{id}", get(target::show))
        .route("/performance/targets/{id}/edit", get(edit::form).post(edit::save))
        .route("/performance/targets/{id}/advice", post(edit::advice))
        .route("/performance/targets/{id}/library", get(edit::library).post(edit::pick))
        .route("/performance/targets/{id}/submit", post(target::submit))
        .route("/performance/targets/{id}/review", post(target::review))
        .route("/performance/targets/{id}/change", post(target::change))
        .route("/performance/targets/{id}/comment", post(target::comment))
        .route("/performance/targets/{id}/remove", post(target::remove))
        .route("/performance/targets/{id}/before", post(target::ex_ante))
        .route("/performance/targets/{id}/freeze", post(target::freeze))
        .route("/performance/targets/{id}/evaluate", post(target::evaluate))
        .route("/performance/statements/{id}/file", get(target::proof))
        .route("/performance/indicators/{id}/note", post(monitoring::note))
        .route("/performance/monitoring", get(monitoring::show))
        .route("/performance/evaluations", get(evaluations::list).post(evaluations::begin))
        .route("/performance/evaluations/{id}", get(evaluation::show).post(evaluation::save))
        .route("/performance/evaluations/{id}/short", get(forms::short))
        .route("/performance/basic", get(forms::basic))
        .route("/performance/evaluations/{id}/refill", post(evaluation::refill))
        .route("/performance/evaluations/{id}/submit", post(evaluation::submit))
        .route("/performance/evaluations/{id}/beside", post(evaluation::beside))
        .route("/performance/tasks", get(tasks::list).post(tasks::make))
        .route("/performance/tasks/carry", post(tasks::carry))
        .route("/performance/tasks/{id}", get(tasks::show))
        .route("/performance/tasks/{id}/file", get(tasks::file))
        .route("/performance/tasks/{id}/change", post(tasks::change))
        .route("/performance/tasks/{id}/confirm", post(tasks::confirm))
        .route("/performance/allocation", get(allocation::form).post(allocation::compute))
        .route("/performance/import", get(import::form))
        .route("/performance/import/bring", post(import::bring))
}

/// What takes files in.
pub(crate) fn upload_routes() -> Router<App> {
    Router::new()
        .route("/performance/indicators/{id}/state", post(target::state))
        .route("/performance/tasks/{id}/done", post(tasks::done))
        .route("/performance/import", post(import::inspect))
        .layer(DefaultBodyLimit::max(60 << 20))
}

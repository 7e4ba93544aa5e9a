//! The pages of the exchange (供需对接): search, matches, kept searches, near copies, public figures.

mod card;
mod duplicates;
mod matches;
mod quality;
mod saved;
mod search;

use axum::Router;
use axum::routing::{get, post};

use crate::state::App;

/// Everything but what takes files in.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/exchange", get(search::list))
        .route("/exchange/saved", get(saved::list).post(saved::keep))
        .route("/exchange/saved/{id}", get(saved::open))
        .route("/exchange/saved/{id}/remove", post(saved::remove))
        .route("/exchange/listings/{id}/matches", get(matches::show))
        .route("/exchange/listings/{id}/matches/{other}", post(matches::judge))
        .route("/exchange/listings/{id}/similar", get(matches::similar))
        .route("/exchange/review/duplicates", get(duplicates::list))
        .route("/exchange/quality", get(quality::show))
}

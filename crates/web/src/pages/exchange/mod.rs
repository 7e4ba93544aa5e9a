//! The pages of the exchange (供需对接): publishing, listings, review, search, matches, kept searches, near copies, public figures, studios
//! with bookings.

mod acts;
mod assignment;
mod card;
mod clarify;
mod duplicates;
mod listing;
mod matches;
mod own;
mod publish;
mod quality;
mod saved;
mod search;
mod studio;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use keqiao_exchange::choice::ListingState;

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
        .route("/exchange/assignments", get(assignment::list).post(assignment::make))
        .route("/exchange/assignments/{region}/{number}", get(assignment::show))
        .route("/exchange/assignments/{region}/{number}/remove", post(assignment::remove))
        .route("/exchange/assignments/{region}/{number}/{file}", get(assignment::file))
        .route("/exchange/review/duplicates", get(duplicates::list))
        .route("/exchange/quality", get(quality::show))
        .route("/exchange/new", get(publish::blank).post(publish::make))
        .route("/exchange/mine", get(own::mine))
        .route("/exchange/review", get(own::review))
        .route("/exchange/listings/{id}", get(listing::show))
        .route("/exchange/listings/{id}/edit", get(publish::edit).post(publish::change))
        .route("/exchange/listings/{id}/clarify", get(clarify::show).post(clarify::answer))
        .route("/exchange/listings/{id}/ask", post(clarify::ask))
        .route("/exchange/listings/{id}/unask", post(clarify::take_back))
        .route("/exchange/listings/{id}/{act}", post(acts::act))
        .route("/exchange/listings/{id}/files/{number}", get(acts::file))
        .route("/exchange/listings/{id}/files/{number}/remove", post(acts::detach))
        .route("/exchange/listings/{id}/versions/{number}", get(listing::version))
        .route("/exchange/interests/{id}/contact", post(acts::contact))
        .route("/exchange/interests/{id}/{act}", post(acts::interest))
        .route("/exchange/reports/{id}/decide", post(acts::decide))
        .route("/exchange/studios", get(studio::list))
        .route("/exchange/studios/new", get(studio::blank).post(studio::make))
        .route("/exchange/studios/{id}", get(studio::show))
        .route("/exchange/studios/{id}/edit", get(studio::edit).post(studio::change))
        .route("/exchange/studios/{id}/{act}", post(studio::act))
        .route("/exchange/bookings", get(studio::bookings))
        .route("/exchange/bookings/{id}/{act}", post(studio::booking))
}

/// What takes files in.
pub(crate) fn upload_routes() -> Router<App> {
    Router::new().route("/exchange/listings/{id}/files", post(acts::attach)).layer(DefaultBodyLimit::max(60 << 20))
}

/// The colour of a state.
fn state_tone(state: ListingState) -> &'static str {
    match state {
        ListingState::Listed => "good",
        ListingState::Waiting => "info",
        ListingState::Returned | ListingState::Expired => "warning",
        ListingState::Frozen => "error",
        ListingState::Draft | ListingState::Archived => "quiet",
    }
}

//! Accounts and roles, identities that wait for a look, the background jobs, the log.

mod account;
mod accounts;
mod identities;
mod jobs;
mod log;

use axum::Router;

use crate::state::App;

/// The addresses of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(accounts::routes())
        .merge(account::routes())
        .merge(identities::routes())
        .merge(jobs::routes())
        .merge(log::routes())
}

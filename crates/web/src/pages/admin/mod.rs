//! Accounts and roles, identities that wait for a look, the log.

mod account;
mod accounts;
mod identities;
mod log;

use axum::Router;

use crate::state::App;

/// The addresses of this area.
pub fn routes() -> Router<App> {
    Router::new().merge(accounts::routes()).merge(account::routes()).merge(identities::routes()).merge(log::routes())
}

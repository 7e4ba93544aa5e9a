//! Whether the process lives, and whether it can work: for service managers and balancers.

use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use keqiao_store::ConnectionTrait;

use crate::state::App;

/// `/health/live`, `/health/ready`.
pub fn routes() -> Router<App> {
    Router::new().route("/health/live", get(|| async { "ok\n" })).route("/health/ready", get(ready))
}

/// Ready when the database answers, everything was prepared, and the server is not about to stop.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    if !app.prepared.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "preparing\n");
    }
    match app.ctx.db.read().execute_unprepared("SELECT 1").await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n"),
    }
}

//! Every address of the site. An area registers itself with one line here.

use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::state::App;
use crate::{api, assets, failure, guard, live, metrics, pages};

/// Longest time for a page; uploads have their own.
const PAGE_TIME: Duration = Duration::from_secs(30);
/// Longest time for one request of an upload: a chunk, or a whole form without script on a slow line.
const UPLOAD_TIME: Duration = Duration::from_secs(15 * 60);

/// The whole site.
pub fn router(app: App) -> Router {
    let limited = Router::new()
        .merge(pages::home::routes())
        .merge(pages::desk::routes())
        .merge(pages::directory::routes())
        .merge(pages::evidence::routes())
        .merge(pages::performance::routes())
        .merge(pages::exchange::routes())
        .merge(pages::money::routes())
        .merge(pages::design::routes())
        .merge(pages::account::routes())
        .merge(pages::admin::routes())
        .merge(api::routes(&app))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PAGE_TIME))
        .merge(
            pages::desk::upload_routes()
                .merge(pages::performance::upload_routes())
                .merge(pages::directory::upload_routes())
                .merge(pages::evidence::upload_routes())
                .merge(pages::exchange::upload_routes())
                .merge(pages::money::upload_routes())
                .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, UPLOAD_TIME)),
        );
    let limited = guard::limited(limited.route("/events", get(live::events)), &app);
    Router::new()
        .merge(limited)
        .merge(pages::health::routes())
        .merge(metrics::routes())
        .route("/static/{*path}", get(assets::file))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(guard::same_site))
        .layer(middleware::from_fn_with_state(app.clone(), failure::render))
        .layer(middleware::from_fn_with_state(app.clone(), guard::headers))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::count))
        // Live changes must not wait in a compressor's buffer.
        .layer(
            CompressionLayer::new()
                .compress_when(SizeAbove::new(1024).and(NotForContentType::new("text/event-stream"))),
        )
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// A panic in a handler is a fault like any other.
fn panicked(cause: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let text =
        cause.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    failure::fault(&anyhow::anyhow!("panic: {}", text.unwrap_or_default()))
}

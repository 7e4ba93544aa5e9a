//! Numbers about the running server in Prometheus' form. Labels are routes and states, never names, ids or addresses of users.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use keqiao_app::jobs;
use keqiao_store::job;
use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::state::App;

/// Upper bounds of the classes of durations, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// The numbers of one server.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    key: Option<String>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// No numbers yet; `key` lets other machines read them.
    pub fn new(key: Option<String>) -> Metrics {
        // Bounds that are constant and not empty are taken.
        let builder = PrometheusBuilder::new().set_buckets(&SECONDS).unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        Metrics { recorder, handle, key }
    }

    fn answered(&self, route: String, status: StatusCode, took: Duration) {
        with_local_recorder(&self.recorder, || {
            counter!("keqiao_requests_total", "route" => route.clone(), "status" => status.as_str().to_owned())
                .increment(1);
            histogram!("keqiao_request_seconds", "route" => route).record(took);
        });
    }

    /// Whether this machine asks, not through a proxy, or the key is shown.
    fn open_to(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
        let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
        if peer.is_some_and(|p| p.ip().is_loopback()) && !forwarded {
            return true;
        }
        let shown =
            headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
        // Hashes are compared, so that the time it takes tells nothing about the key.
        matches!((&self.key, shown), (Some(key), Some(shown)) if Sha256::digest(key) == Sha256::digest(shown))
    }
}

/// `/metrics`.
pub fn routes() -> Router<App> {
    Router::new().route("/metrics", get(page))
}

/// Counts an answer and the time it took.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let begun = Instant::now();
    let response = next.run(request).await;
    app.metrics.answered(route, response.status(), begun.elapsed());
    response
}

async fn page(
    State(app): State<App>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let metrics = &app.metrics;
    if !metrics.open_to(peer.map(|axum::Extension(ConnectInfo(peer))| peer), &headers) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    for state in [jobs::State::Queued, jobs::State::Running, jobs::State::Failed] {
        // A count stays far below where floating numbers lose the ones.
        let count = u32::try_from(job::count(app.ctx.db.read(), state).await?).unwrap_or(u32::MAX);
        with_local_recorder(&metrics.recorder, || gauge!("keqiao_jobs", "state" => state.code()).set(count));
    }
    metrics.handle.run_upkeep();
    let form = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((form, metrics.handle.render()).into_response())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn numbers_are_for_this_machine_or_for_the_key() {
        let metrics = Metrics::new(Some("geheim".to_owned()));
        let here = "127.0.0.1:5".parse().ok();
        let there = "192.0.2.7:5".parse().ok();
        let with = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
        };
        assert!(metrics.open_to(here, &HeaderMap::new()));
        assert!(!metrics.open_to(there, &HeaderMap::new()) && !metrics.open_to(None, &HeaderMap::new()));
        assert!(
            !metrics.open_to(here, &with("x-forwarded-for", "192.0.2.7")),
            "a proxy on this machine asks for others"
        );
        assert!(metrics.open_to(there, &with("authorization", "Bearer geheim")));
        assert!(!metrics.open_to(there, &with("authorization", "Bearer geheim2")));
        assert!(!Metrics::new(None).open_to(there, &with("authorization", "Bearer ")));
    }

    #[test]
    fn answers_are_counted_by_route() {
        let metrics = Metrics::new(None);
        metrics.answered("/desk/{id}".to_owned(), StatusCode::OK, Duration::from_millis(2));
        let text = metrics.handle.render();
        assert!(text.contains(r#"keqiao_requests_total{route="/desk/{id}",status="200"} 1"#), "{text}");
        assert!(text.contains("keqiao_request_seconds_bucket"), "{text}");
    }
}

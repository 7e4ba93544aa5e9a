//! Running the site: the listener, the background, and stopping in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use keqiao_app::exchange::finder;
use keqiao_app::{Ctx, events, jobs, upkeep};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::router::router;
use crate::state::App;

/// How long requests and jobs in hand may take when the server stops.
const GRACE: Duration = Duration::from_secs(30);

/// How to serve.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// Requests an address or account may make in a second; 0 for no limit.
    pub requests_per_second: u32,
    /// Whether the client's address is in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// The key with which other machines may read `/metrics`; this machine needs none.
    pub metrics_key: Option<String>,
}

/// Serves until `stop` is cancelled, then finishes what is in hand: requests first, then jobs, each within half a minute. Pages are shown at
/// once; background work begins when `prepare` is done.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    ctx: Ctx,
    listener: TcpListener,
    server: Server,
    prepare: impl Future<Output = ()> + Send + 'static,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let app = App::with(ctx.clone(), stop.clone(), server);
    let changes = tokio::spawn(events::run(ctx.clone(), stop.clone()));
    let tidying = tokio::spawn(upkeep::run(ctx.clone(), stop.clone()));
    let finding = tokio::spawn(finder::run(ctx.clone(), stop.clone()));
    app.prepared.store(false, Ordering::Relaxed);
    let (preparing, stopping) = (app.clone(), stop.clone());
    let background = tokio::spawn(async move {
        prepare.await;
        preparing.prepared.store(true, Ordering::Relaxed);
        jobs::run(ctx, Arc::new(jobs::works()), stopping).await;
    });
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let stopped = stop.clone();
    let serving = tokio::spawn(async move {
        axum::serve(listener, service).with_graceful_shutdown(async move { stopped.cancelled().await }).await
    });
    let abort = serving.abort_handle();
    let watch: JoinHandle<()> = tokio::spawn(async move {
        stop.cancelled().await;
        tokio::time::sleep(GRACE).await;
        tracing::warn!("requests in hand were given up after the time of grace");
        abort.abort();
    });
    let served = serving.await;
    watch.abort();
    if tokio::time::timeout(GRACE, background).await.is_err() {
        tracing::warn!("a job in hand was given up after the time of grace; it begins again at the next start");
    }
    changes.abort();
    tidying.abort();
    finding.abort();
    match served {
        Ok(result) => result,
        // Only the watch above aborts.
        Err(_) => Ok(()),
    }
}

//! What handlers share.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::extract::FromRef;
use keqiao_app::Ctx;
use tokio_util::sync::CancellationToken;

use crate::metrics::Metrics;
use crate::server::Server;

/// The application: the context of use cases, and the sign that the server stops.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What an [`App`] holds.
#[derive(Debug)]
pub struct Inner {
    /// The context of use cases.
    pub ctx: Ctx,
    /// Cancelled when the server stops: long answers (live changes) end.
    pub stop: CancellationToken,
    /// Whether what comes before the background work is done.
    pub prepared: AtomicBool,
    /// Requests an address or account may make in a second; 0 for no limit.
    pub requests_per_second: u32,
    /// Whether the address of the client is in `X-Forwarded-For`, written by a proxy of ours.
    pub behind_proxy: bool,
    /// Numbers about this server.
    pub metrics: Metrics,
}

impl App {
    /// An application over a context.
    pub fn new(ctx: Ctx, stop: CancellationToken) -> App {
        App::with(ctx, stop, Server::default())
    }

    /// An application with limits, as a server runs it.
    pub fn with(ctx: Ctx, stop: CancellationToken, server: Server) -> App {
        let Server { requests_per_second, behind_proxy, metrics_key } = server;
        let metrics = Metrics::new(metrics_key);
        let prepared = AtomicBool::new(true);
        App(Arc::new(Inner { ctx, stop, prepared, requests_per_second, behind_proxy, metrics }))
    }
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<App> for Ctx {
    fn from_ref(app: &App) -> Ctx {
        app.ctx.clone()
    }
}

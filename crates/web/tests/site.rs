//! A site for one test, and a browser without a screen.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use keqiao_app::fixture::TestCtx;
use keqiao_web::{App, router};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// A site over an empty database.
pub struct Site {
    pub ctx: TestCtx,
    router: Router,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    pub async fn new() -> Site {
        let ctx = TestCtx::new().await.unwrap();
        let router = router(App::new(ctx.ctx.clone(), CancellationToken::new()));
        Site { ctx, router }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form as a page of the site would.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }
}

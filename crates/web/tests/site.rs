//! A site for one test, and a browser without a screen.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use keqiao_app::fixture::TestCtx;
use keqiao_web::{App, Server, router};
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

    /// A site that lets one browser ask so often in a second.
    pub async fn limited(requests_per_second: u32) -> Site {
        let ctx = TestCtx::new().await.unwrap();
        let server = Server { requests_per_second, ..Server::default() };
        let router = router(App::with(ctx.ctx.clone(), CancellationToken::new(), server));
        Site { ctx, router }
    }

    /// A site that runs as the demo, with its accounts and without its data.
    pub async fn demo() -> Site {
        let ctx = TestCtx::with(|settings| settings.demo = true).await.unwrap();
        let tx = ctx.begin().await.unwrap();
        keqiao_app::account::demo::seed(&ctx, &tx).await.unwrap();
        ctx.commit(tx).await.unwrap();
        let router = router(App::new(ctx.ctx.clone(), CancellationToken::new()));
        Site { ctx, router }
    }

    /// Signs in as an account of the demo; gives the key of the session.
    pub async fn sign_in_demo(&self, code: &str) -> String {
        let visitor = keqiao_access::Actor::visitor("127.0.0.1");
        keqiao_app::account::demo::sign_in(&self.ctx, &visitor, code, "test").await.unwrap().key
    }

    /// Asks as a page of the site would, signed in by a key (empty for nobody).
    pub async fn ask(&self, method: &str, path: &str, key: &str, kind: &str, body: &str) -> Answer {
        self.send(asking(method, path, key, kind, body)).await
    }

    /// The head of an answer that has no end.
    pub async fn head_of(&self, path: &str, key: &str) -> Answer {
        let response = self.router.clone().oneshot(asking("GET", path, key, "text/plain", "")).await.unwrap();
        let (parts, _) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: String::new() }
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

fn asking(method: &str, path: &str, key: &str, kind: &str, body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    if !key.is_empty() {
        request = request.header(header::COOKIE, format!("keqiao_session={key}"));
    }
    let body = if method == "GET" { String::new() } else { body.to_owned() };
    request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
}

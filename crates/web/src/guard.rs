//! What stands before every handler: requests from other sites, headers that tell the browser what this site never does, limits.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use keqiao_base::{Kind, Refusal};
use tower_governor::GovernorLayer;
use tower_governor::errors::GovernorError;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;

use crate::asker::{SESSION, address};
use crate::failure::Failure;
use crate::state::App;

/// Told to the browser with every answer. No inline script, no inline style, nothing from elsewhere, in nobody's frame.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// Adds the headers; pages of signed-in users are kept by no cache.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let head = response.headers_mut();
    for (name, value) in HEADERS {
        head.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.ctx.settings.secure_cookies {
        head.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    head.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses a change that does not come from our own pages. Keys for programs are not sent by browsers of their own accord, so they pass; so
/// does what a program sends that is nobody.
pub async fn same_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let nobody = request.uri().path().starts_with("/api/") && !request.headers().contains_key(header::COOKIE);
    if safe || nobody || request.headers().contains_key(header::AUTHORIZATION) || from_here(request.headers()) {
        return next.run(request).await;
    }
    let refusal = Refusal::new(
        Kind::Forbidden,
        "cross_site",
        "这次提交不是从本站页面发出的，已被拦下。请从本站页面重新操作。",
        "This was not sent from a page of this site and was stopped. Start again from our page.",
    );
    Failure::from(refusal).into_response()
}

/// Whether a request was sent by a page of this site: `Sec-Fetch-Site` of newer browsers, else `Origin`, else `Referer`, against `Host`.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(host) = text(header::HOST) else { return false };
    let source = text(header::ORIGIN).or_else(|| text(header::REFERER));
    source.and_then(|s| s.split_once("://")).and_then(|(_, rest)| rest.split('/').next()) == Some(host)
}

/// Requests are counted by browser: an office behind one address does not slow each other down.
#[derive(Clone, Debug)]
struct ByBrowser(App);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Browser {
    Session(String),
    Address(IpAddr),
}

impl KeyExtractor for ByBrowser {
    type Key = Browser;
    fn extract<T>(&self, request: &axum::http::Request<T>) -> Result<Browser, GovernorError> {
        let session = CookieJar::from_headers(request.headers()).get(SESSION).map(|c| c.value().to_owned());
        let address = || Browser::Address(address(request.headers(), request.extensions(), &self.0));
        Ok(session.filter(|s| s.len() <= 64).map_or_else(address, Browser::Session))
    }
}

/// And by address: whoever makes up cookies gets no fresh allowance for each.
#[derive(Clone, Debug)]
struct ByAddress(App);

impl KeyExtractor for ByAddress {
    type Key = IpAddr;
    fn extract<T>(&self, request: &axum::http::Request<T>) -> Result<IpAddr, GovernorError> {
        Ok(address(request.headers(), request.extensions(), &self.0))
    }
}

/// How often keys of those who have been quiet are dropped.
const FORGET_QUIET: Duration = Duration::from_secs(60);
/// How many busy browsers may share one address.
const BROWSERS: u32 = 8;

/// Limits how fast one browser, and one address, may ask; a burst of four seconds' worth is let through.
pub fn limited(router: Router<App>, app: &App) -> Router<App> {
    let rate = app.requests_per_second;
    if rate == 0 {
        return router;
    }
    let router = at_rate(router, app, ByBrowser(app.clone()), rate);
    at_rate(router, app, ByAddress(app.clone()), rate.saturating_mul(BROWSERS))
}

fn at_rate<K>(router: Router<App>, app: &App, key: K, per_second: u32) -> Router<App>
where
    K: KeyExtractor + Send + Sync + 'static,
    K::Key: Send + Sync + 'static,
{
    let config = GovernorConfigBuilder::default()
        .key_extractor(key)
        .per_nanosecond(1_000_000_000 / u64::from(per_second))
        .burst_size(per_second.saturating_mul(4))
        .finish();
    let Some(config) = config else { return router };
    let (limiter, stop) = (config.limiter().clone(), app.stop.clone());
    tokio::spawn(async move {
        // Who has been quiet is forgotten, so that the table of keys does not grow for ever.
        while tokio::time::timeout(FORGET_QUIET, stop.cancelled()).await.is_err() {
            limiter.retain_recent();
        }
    });
    let too_many = |_| StatusCode::TOO_MANY_REQUESTS.into_response();
    router.layer(GovernorLayer::new(Arc::new(config)).error_handler(too_many))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)));
        from_here(&headers.collect())
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        assert!(sent(&[("sec-fetch-site", "same-origin")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site"), ("host", "a.cn"), ("origin", "http://a.cn")]));
        assert!(!sent(&[("sec-fetch-site", "same-site")]));
        assert!(sent(&[("host", "a.cn:8080"), ("origin", "http://a.cn:8080")]));
        assert!(!sent(&[("host", "a.cn"), ("origin", "http://b.cn")]));
        assert!(!sent(&[("host", "a.cn"), ("origin", "null")]));
        assert!(sent(&[("host", "a.cn"), ("referer", "http://a.cn/desk?x=1")]));
        assert!(!sent(&[("host", "a.cn"), ("referer", "http://a.cn.evil.org/")]));
        assert!(!sent(&[("host", "a.cn")]));
    }
}

//! What just happened, carried over one redirect in a cookie and shown once. The text is escaped by the template as any other.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keqiao_i18n::Bilingual;

use crate::view::{Notice, Tone};

/// The cookie of the notice.
const COOKIE: &str = "keqiao_notice";

/// Sends the browser on. Only paths of this site: anything else leads home, so no address in a form or query can send a user away.
pub fn redirect(path: &str) -> Response {
    let to = HeaderValue::from_str(own_path(path)).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Sends the browser to the identity provider: the one way off this site, to an address of the operator's settings.
pub fn leave(url: &str) -> Response {
    let to = HeaderValue::from_str(url).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Sends the browser on, with a message to show there.
pub fn redirect_with(path: &str, tone: Tone, text: &Bilingual) -> Response {
    let mut response = redirect(path);
    let packed = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(tone.code(), text)).unwrap_or_default());
    let cookie = format!("{COOKIE}={packed}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// The same with a fixed text.
pub fn done(path: &str, zh: impl Into<String>, en: impl Into<String>) -> Response {
    redirect_with(path, Tone::Good, &Bilingual::new(zh, en))
}

/// The message that came with a request.
pub fn read(cookies: &CookieJar) -> Option<Notice> {
    let packed = URL_SAFE_NO_PAD.decode(cookies.get(COOKIE)?.value()).ok()?;
    let (code, text): (String, Bilingual) = serde_json::from_slice(&packed).ok()?;
    let tone = [Tone::Good, Tone::Info, Tone::Warning, Tone::Error].into_iter().find(|t| t.code() == code)?;
    Some(Notice { tone, text })
}

/// Takes the message off once a page has shown it.
pub fn clear(response: &mut Response) {
    let gone = HeaderValue::from_static("keqiao_notice=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().append(header::SET_COOKIE, gone);
}

/// The path when it is one of this site, else `/`.
pub fn own_path(path: &str) -> &str {
    let inside = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if inside { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for elsewhere in
            ["https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)", "", "/\t/x.org"]
        {
            assert_eq!(own_path(elsewhere), "/");
        }
        assert_eq!(own_path("/desk?level=error&page=2"), "/desk?level=error&page=2");
    }
}

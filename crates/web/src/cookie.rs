//! Setting cookies: all for the whole site, out of reach of scripts, not sent along from other sites.

use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::asker::{LANG, LARGE, SESSION, THEME};
use crate::state::App;

/// How long a browser remembers language and theme, seconds.
const YEAR: i64 = 365 * 86_400;
/// How long a browser keeps the key of a session; the server ends it earlier when it is not used.
const SESSION_SECONDS: i64 = 30 * 86_400;

/// Sets a cookie; 0 seconds take it off. The value must be of letters, digits, `-` and `_`.
pub fn set(response: &mut Response, app: &App, name: &str, value: &str, seconds: i64) {
    let secure = if app.ctx.settings.secure_cookies { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Takes a cookie off.
pub fn clear(response: &mut Response, app: &App, name: &str) {
    set(response, app, name, "", 0);
}

/// Keeps the key of a session.
pub fn sign_in(response: &mut Response, app: &App, key: &str) {
    set(response, app, SESSION, key, SESSION_SECONDS);
}

/// Keeps what somebody prefers; what is not given stays.
pub fn prefer(response: &mut Response, app: &App, lang: Option<&str>, theme: Option<&str>, large: Option<bool>) {
    if let Some(lang) = lang.filter(|l| matches!(*l, "zh" | "en")) {
        set(response, app, LANG, lang, YEAR);
    }
    if let Some(theme) = theme.filter(|t| matches!(*t, "auto" | "light" | "dark")) {
        set(response, app, THEME, theme, YEAR);
    }
    if let Some(large) = large {
        set(response, app, LARGE, if large { "1" } else { "0" }, YEAR);
    }
}

//! Signing up and in, and the own account.

mod identity;
mod preferences;
mod profile;
mod recover;
mod security;
mod sessions;
mod sign_in;
mod sign_up;
mod tokens;

use axum::Router;

use crate::state::App;
use crate::view::View;

/// The addresses of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .merge(sign_in::routes())
        .merge(sign_up::routes())
        .merge(recover::routes())
        .merge(preferences::routes())
        .merge(profile::routes())
        .merge(identity::routes())
        .merge(security::routes())
        .merge(sessions::routes())
        .merge(tokens::routes())
}

/// The tabs of the own account.
fn tabs(v: &View, here: &str) -> Vec<(&'static str, &'static str, bool)> {
    let tab = |href: &'static str, zh, en| (href, v.t(zh, en), href == here);
    vec![
        tab("/account", "基本资料", "Profile"),
        tab("/account/identity", "身份", "Identity"),
        tab("/account/security", "密码与两步验证", "Password and second factor"),
        tab("/account/sessions", "登录设备", "Signed-in browsers"),
        tab("/account/tokens", "访问密钥", "Keys for programs"),
    ]
}

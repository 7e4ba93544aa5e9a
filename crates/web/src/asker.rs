//! Who asks, and how the page is to look for them: taken from the cookies, the key for programs and the address of the request.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Extensions;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap};
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;
use keqiao_access::Actor;
use keqiao_app::account;
use keqiao_base::{Kind, Refusal};
use keqiao_i18n::Lang;

use crate::failure::Failure;
use crate::notice;
use crate::state::App;
use crate::view::{Theme, View, Who};

/// The cookie of a signed-in browser.
pub const SESSION: &str = "keqiao_session";
/// The cookie of the language.
pub const LANG: &str = "keqiao_lang";
/// The cookie of the theme.
pub const THEME: &str = "keqiao_theme";
/// The cookie of the type size.
pub const LARGE: &str = "keqiao_large";

/// Who asks, and the view that the page begins from.
#[derive(Clone, Debug)]
pub struct Asker {
    /// Who asks.
    pub actor: Actor,
    /// What every page knows.
    pub view: View,
}

impl Default for Asker {
    fn default() -> Self {
        Asker { actor: Actor::visitor(""), view: View::default() }
    }
}

impl Asker {
    /// Reads it off the head of a request.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(parts: &mut Parts, app: &App) -> Result<Asker, Failure> {
        if let Some(known) = parts.extensions.get::<Asker>() {
            return Ok(known.clone());
        }
        let cookies = CookieJar::from_headers(&parts.headers);
        let get = |name: &str| cookies.get(name).map(|c| c.value());
        let view = View {
            lang: language(get(LANG), &parts.headers),
            theme: Theme::from_code(get(THEME).unwrap_or_default()),
            large: get(LARGE) == Some("1"),
            path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            who: None,
            notices: notice::read(&cookies).into_iter().collect(),
            demo: app.ctx.settings.demo,
        };
        let actor = actor(parts, app, get(SESSION)).await?;
        let view = View { who: Who::of(&actor), ..view };
        let asker = Asker { actor, view };
        parts.extensions.insert(asker.clone());
        Ok(asker)
    }
}

/// Who asks: by the key for programs when one is sent (then cookies do not count: what a browser sends of its own accord must not be
/// joined with a header that passes the check of sites), else by the cookie.
async fn actor(parts: &Parts, app: &App, session: Option<&str>) -> Result<Actor, Failure> {
    let address = address(&parts.headers, &parts.extensions, app).to_string();
    if let Some(header) = parts.headers.get(AUTHORIZATION) {
        let key = header.to_str().ok().and_then(|h| h.strip_prefix("Bearer "));
        let found = match key {
            Some(key) => account::token::actor(&app.ctx, key.trim(), &address).await?,
            None => None,
        };
        return Ok(found.ok_or_else(|| {
            Refusal::new(
                Kind::SignIn,
                "token.unknown",
                "访问密钥无效、已撤销或已过期。",
                "The key is not known, was revoked, or has run out.",
            )
        })?);
    }
    let found = match session {
        Some(key) => account::session::actor(&app.ctx, key, &address).await?,
        None => None,
    };
    Ok(found.unwrap_or_else(|| Actor::visitor(address)))
}

impl FromRequestParts<App> for Asker {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Asker::of(parts, app).await
    }
}

/// The language that was chosen, else the browser's, else Chinese.
fn language(chosen: Option<&str>, headers: &HeaderMap) -> Lang {
    match chosen {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map_or(Lang::Zh, preferred),
    }
}

/// The first language of `Accept-Language` that we have.
fn preferred(accepted: &str) -> Lang {
    accepted
        .split(',')
        .map(|part| part.trim().to_ascii_lowercase())
        .find_map(|part| match part.get(..2) {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        })
        .unwrap_or_default()
}

/// The address of the client. `X-Forwarded-For` is believed only when the operator says that a proxy of ours writes it; then its
/// last entry counts, the one that our proxy saw.
pub fn address(headers: &HeaderMap, extensions: &Extensions, app: &App) -> IpAddr {
    let forwarded = headers.get("x-forwarded-for").filter(|_| app.behind_proxy);
    let last =
        forwarded.and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next()).and_then(|a| a.trim().parse().ok());
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(a)| a.ip());
    last.or(peer).unwrap_or(IpAddr::from([127, 0, 0, 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_we_have_counts() {
        assert_eq!(preferred("fr-FR, en;q=0.8, zh;q=0.5"), Lang::En);
        assert_eq!(preferred("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(preferred("*"), Lang::Zh);
    }
}

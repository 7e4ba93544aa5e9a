//! Browsers that are signed in, and ending them.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use keqiao_app::account::session::{self, Session};

use super::tabs;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::id_of;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/account/sessions…`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/account/sessions", get(show))
        .route("/account/sessions/end-others", post(end_others))
        .route("/account/sessions/{id}/end", post(end))
}

#[derive(Template)]
#[template(path = "account/sessions.html")]
struct Page {
    v: View,
    tabs: Vec<(&'static str, &'static str, bool)>,
    sessions: Vec<Session>,
    here: String,
}

async fn show(State(app): State<App>, asker: Asker) -> Answer {
    let sessions = session::list(&app.ctx, &asker.actor).await?;
    let here = asker.actor.signed().and_then(|s| s.session()).map_or_else(String::new, |id| id.to_string());
    let v = asker.view;
    let page = Page { tabs: tabs(&v, "/account/sessions"), v, sessions, here };
    Ok(page_with(&page.v, &page))
}

async fn end(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    session::end(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(notice::done("/account/sessions", "该设备已退出登录。", "That browser is signed out."))
}

async fn end_others(State(app): State<App>, asker: Asker) -> Answer {
    let ended = session::end_others(&app.ctx, &asker.actor).await?;
    let (zh, en) = (format!("已让其他 {ended} 个设备退出登录。"), format!("{ended} other browsers are signed out."));
    Ok(notice::done("/account/sessions", zh, en))
}

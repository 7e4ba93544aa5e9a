//! Language, theme and type size: in cookies for everybody, on the account for who is signed in.

use axum::extract::State;
use axum::routing::post;
use axum::{Form, Router};
use keqiao_app::account::profile::{Preferences, prefer};
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;
use crate::{cookie, notice};

/// `/preferences`.
pub fn routes() -> Router<App> {
    Router::new().route("/preferences", post(choose))
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    back: String,
    lang: Option<String>,
    theme: Option<String>,
    large: Option<String>,
}

async fn choose(State(app): State<App>, asker: Asker, Form(form): Form<Chosen>) -> Answer {
    let lang = form.lang.filter(|l| matches!(l.as_str(), "zh" | "en"));
    let theme = form.theme.filter(|t| matches!(t.as_str(), "auto" | "light" | "dark"));
    let large = form.large.map(|l| l == "1");
    let mut response = notice::redirect(&form.back);
    cookie::prefer(&mut response, &app, lang.as_deref(), theme.as_deref(), large);
    prefer(&app.ctx, &asker.actor, Preferences { language: lang, theme, large }).await?;
    Ok(response)
}

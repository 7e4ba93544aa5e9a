//! A new password by an administrator's link.

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Form, Router};
use keqiao_app::account::recover;
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/reset/{key}`.
pub fn routes() -> Router<App> {
    Router::new().route("/reset/{key}", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "account/reset.html")]
struct Page {
    v: View,
    faults: Faults,
    login: String,
}

async fn show(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    let login = recover::check(&app.ctx, &key).await?;
    Ok(page_with(&asker.view.clone(), &Page { v: asker.view, faults: Faults::default(), login }))
}

#[derive(Deserialize)]
struct Entered {
    #[serde(default)]
    password: String,
}

async fn enter(State(app): State<App>, asker: Asker, Path(key): Path<String>, Form(form): Form<Entered>) -> Answer {
    let login = recover::check(&app.ctx, &key).await?;
    match recover::reset(&app.ctx, &asker.actor, &key, &form.password).await {
        Ok(()) => {
            Ok(notice::done("/sign-in", "新密码已生效，请登录。", "The new password is in force. Please sign in."))
        }
        Err(error) => {
            let faults = Faults::of(error)?;
            let page = Page { v: asker.view, faults: faults.clone(), login };
            Ok(faults.answer(page_with(&page.v, &page)))
        }
    }
}

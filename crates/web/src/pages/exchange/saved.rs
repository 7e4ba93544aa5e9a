//! Kept searches: the list, keeping one, opening one, forgetting one.

use askama::Template;
use axum::Form;
use axum::extract::State;
use keqiao_app::exchange::{self, SAVED_MAX, Wanted};
use keqiao_base::SavedSearchId;
use keqiao_store::exchange::saved::SavedSearch;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::Key;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "exchange/saved.html")]
struct Page {
    v: View,
    rows: Vec<SavedSearch>,
    most: u64,
}

/// `GET /exchange/saved`
pub(super) async fn list(State(app): State<App>, asker: Asker) -> Answer {
    let rows = exchange::saved_searches(&app.ctx, &asker.actor).await?;
    let page = Page { rows, most: SAVED_MAX, v: asker.view.clone() };
    Ok(page_with(&page.v, &page))
}

/// `POST /exchange/saved`
pub(super) async fn keep(State(app): State<App>, asker: Asker, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let get = |key: &str| sent.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str());
    let wanted = Wanted::read(get("query"));
    exchange::keep_search(&app.ctx, &asker.actor, &wanted, get("title")).await?;
    Ok(notice::done(
        "/exchange/saved",
        "已保存。有新信息时在首页提醒您。",
        "Kept. The first page tells you when something new comes in.",
    ))
}

/// `GET /exchange/saved/{id}`: what was new is seen, and on to the search.
pub(super) async fn open(State(app): State<App>, asker: Asker, Key(id): Key<SavedSearchId>) -> Answer {
    let query = exchange::open_search(&app.ctx, &asker.actor, id).await?;
    Ok(notice::redirect(&format!("/exchange?{query}")))
}

/// `POST /exchange/saved/{id}/remove`
pub(super) async fn remove(State(app): State<App>, asker: Asker, Key(id): Key<SavedSearchId>) -> Answer {
    exchange::forget_search(&app.ctx, &asker.actor, id).await?;
    Ok(notice::done("/exchange/saved", "已删除。", "Removed."))
}

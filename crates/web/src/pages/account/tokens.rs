//! Keys for programs: making and revoking.

use askama::Template;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Form, Router};
use keqiao_access::Scope;
use keqiao_app::account::token::{self, Token};

use super::tabs;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::key::id_of;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/account/tokens…`.
pub fn routes() -> Router<App> {
    Router::new().route("/account/tokens", get(show).post(create)).route("/account/tokens/{id}/revoke", post(revoke))
}

#[derive(Template)]
#[template(path = "account/tokens.html")]
struct Page {
    v: View,
    tabs: Vec<(&'static str, &'static str, bool)>,
    faults: Faults,
    tokens: Vec<Token>,
    /// A key just made: shown once.
    fresh: Option<String>,
    title: String,
    days: String,
    chosen: Vec<String>,
}

impl Page {
    fn scopes(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = |code: &str| self.chosen.iter().any(|c| c == code);
        Scope::ALL.iter().map(|s| (s.code(), self.v.f(s.title()), chosen(s.code()))).collect()
    }

    fn titles(&self, token: &Token) -> String {
        let titles: Vec<_> = token::scopes(token).iter().map(|s| self.v.f(s.title())).collect();
        titles.join(self.v.t("、", ", "))
    }
}

async fn page(app: &App, asker: Asker, faults: Faults, fresh: Option<String>, form: Filled) -> Answer {
    let tokens = token::list(&app.ctx, &asker.actor).await?;
    let v = asker.view;
    let Filled { title, days, chosen } = form;
    let page =
        Page { tabs: tabs(&v, "/account/tokens"), v, faults: faults.clone(), tokens, fresh, title, days, chosen };
    Ok(faults.answer(page_with(&page.v, &page)))
}

/// The form; a box that is ticked comes once for each scope.
#[derive(Default)]
struct Filled {
    title: String,
    days: String,
    chosen: Vec<String>,
}

impl Filled {
    fn of(pairs: Vec<(String, String)>) -> Filled {
        let mut form = Filled::default();
        for (key, value) in pairs {
            match key.as_str() {
                "title" => form.title = value,
                "days" => form.days = value,
                "scopes" => form.chosen.push(value),
                _ => {}
            }
        }
        form
    }
}

async fn show(State(app): State<App>, asker: Asker) -> Answer {
    let form = Filled { days: "90".to_owned(), ..Filled::default() };
    page(&app, asker, Faults::default(), None, form).await
}

async fn create(State(app): State<App>, asker: Asker, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let form = Filled::of(pairs);
    let scopes: Vec<Scope> = form.chosen.iter().filter_map(|code| code.parse().ok()).collect();
    let days = form.days.trim().parse().unwrap_or(0);
    match token::create(&app.ctx, &asker.actor, &form.title, &scopes, days).await {
        Ok(key) => {
            page(&app, asker, Faults::default(), Some(key), Filled { days: "90".to_owned(), ..Filled::default() }).await
        }
        Err(error) => page(&app, asker, Faults::of(error)?, None, form).await,
    }
}

async fn revoke(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer {
    token::revoke(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(notice::done("/account/tokens", "访问密钥已撤销。", "The key is revoked."))
}

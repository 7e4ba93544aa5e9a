//! Years: opened, closed, opened again with a reason; every turn shown.

use askama::Template;
use axum::Form;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_accounts::BooksState;
use keqiao_app::year::{self, Books, Turn};

use super::scope::{Scope, of_form};
use super::{Sent, revision, sent};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// A year with what who asks may do with it.
struct Shown {
    books: Books,
    turns: Vec<Turn>,
    closes: bool,
    reopens: bool,
}

#[derive(Template)]
#[template(path = "money/years.html")]
struct Page {
    v: View,
    s: Scope,
    rows: Vec<Shown>,
    opens: bool,
    reason: String,
    faults: Faults,
}

/// `GET /money/years`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/money/years", &query.unwrap_or_default(), "");
    render(&app, asker, &l, String::new(), Faults::default()).await
}

async fn render(app: &App, asker: Asker, l: &Listing, reason: String, faults: Faults) -> Answer {
    asker.actor.must(may::see_years(&asker.actor))?;
    let s = Scope::of(app, &asker, l, may::year_regions(&asker.actor)).await?;
    let mut rows = Vec::new();
    for books in year::years(&app.ctx, &asker.actor).await?.into_iter().take(60) {
        let open = books.state == BooksState::Open;
        rows.push(Shown {
            turns: year::turns(&app.ctx, &asker.actor, books.region, books.year).await?,
            closes: open && may::close_year(&asker.actor, books.region),
            reopens: !open && may::reopen_year(&asker.actor, books.region),
            books,
        });
    }
    let opens = may::open_year(&asker.actor, s.region);
    let page = Page { s, rows, opens, reason, faults, v: asker.view };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

async fn turned(app: &App, asker: Asker, form: &Sent, done: keqiao_app::AppResult<()>, zh: &str, en: &str) -> Answer {
    match done {
        Ok(()) => Ok(notice::done("/money/years", zh, en)),
        Err(error) => {
            let faults = Faults::of(error)?;
            let l = Listing::new("/money/years", "", "");
            render(app, asker, &l, sent(form, "reason").to_owned(), faults).await
        }
    }
}

/// `POST /money/years`
pub(super) async fn open(State(app): State<App>, asker: Asker, Form(form): Form<Sent>) -> Answer {
    let (region, year) = of_form(&form)?;
    let done = year::open(&app.ctx, &asker.actor, region, year).await;
    turned(&app, asker, &form, done, "已建账，可以导入预算和支出。", "The year is open.").await
}

/// `POST /money/years/close`
pub(super) async fn close(State(app): State<App>, asker: Asker, Form(form): Form<Sent>) -> Answer {
    let (region, year) = of_form(&form)?;
    let done = year::close(&app.ctx, &asker.actor, region, year, revision(&form), sent(&form, "reason")).await;
    turned(&app, asker, &form, done, "已关账。", "The year is closed.").await
}

/// `POST /money/years/reopen`
pub(super) async fn reopen(State(app): State<App>, asker: Asker, Form(form): Form<Sent>) -> Answer {
    let (region, year) = of_form(&form)?;
    let done = year::reopen(&app.ctx, &asker.actor, region, year, revision(&form), sent(&form, "reason")).await;
    turned(&app, asker, &form, done, "已重新开账，理由已留存。", "The year is open again; the reason is kept.").await
}

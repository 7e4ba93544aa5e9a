//! The log: searching it, and following its chain.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::routing::{get, post};
use axum::{Form, Router};
use keqiao_access::chain::{Anchor, Entry};
use keqiao_app::log::{self, Filter, Verified};
use keqiao_base::{Moment, Refusal};
use serde::Deserialize;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/admin/log…`.
pub fn routes() -> Router<App> {
    Router::new().route("/admin/log", get(show)).route("/admin/log/verify", post(verify))
}

#[derive(Template)]
#[template(path = "admin/log.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "admin/verified.html")]
struct Outcome {
    v: View,
    verified: Verified,
}

/// The day `2026-11-21`, `days` later, in China.
fn day(text: &str, days: i64) -> Option<Moment> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Moment::from_china_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(|at| at.plus_days(days))
}

fn filter(l: &Listing) -> Filter {
    Filter {
        account: l.get("account").parse().ok(),
        action: l.get("action").to_owned(),
        subject: l.get("subject").to_owned(),
        text: l.get("q").to_owned(),
        since: day(l.get("since"), 0),
        until: day(l.get("until"), 1),
        ..Filter::default()
    }
}

async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/admin/log", query.as_deref().unwrap_or_default(), "");
    let page = log::search(&app.ctx, &asker.actor, filter(&l), l.request()).await?;
    let page = Page { v: asker.view, l: l.of(page.total), rows: page.rows };
    Ok(page_with(&page.v, &page))
}

#[derive(Deserialize)]
struct Noted {
    #[serde(default)]
    anchor: String,
}

async fn verify(State(app): State<App>, asker: Asker, Form(form): Form<Noted>) -> Answer {
    let anchor = match form.anchor.trim() {
        "" => None,
        text => Some(text.parse::<Anchor>().map_err(|_| {
            let (zh, en) = (
                "锚点应为“序号:哈希”，如上次校验结果所示。",
                "An anchor is written number:hash, as an earlier check showed it.",
            );
            Refusal::field("log.anchor", "anchor", zh, en)
        })?),
    };
    let verified = log::verify_shown(&app.ctx, &asker.actor, anchor).await?;
    let page = Outcome { v: asker.view, verified };
    Ok(page_with(&page.v, &page))
}

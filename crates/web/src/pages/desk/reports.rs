//! The list of reports.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_app::desk;
use keqiao_store::desk::report::{CheckState, Report, ReportSort};

use super::choice::{self, Filters};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "desk/reports.html")]
struct Page {
    v: View,
    l: Listing,
    filters: Filters,
    rows: Vec<Report>,
    uploads: bool,
}

impl Page {
    fn kind(&self, row: &Report) -> &'static str {
        self.v.f(choice::kind(&row.kind))
    }

    fn tone(&self, row: &Report) -> &'static str {
        match row.state {
            CheckState::Waiting => "info",
            CheckState::Checked => "quiet",
            CheckState::Unreadable => "error",
        }
    }
}

/// `GET /desk`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/desk", &query.unwrap_or_default(), "-updated");
    let (sort, down) = choice::sort(&list, ReportSort::Updated);
    let request = list.request();
    let found = desk::page(&app.ctx, &asker.actor, &choice::reports(&list), sort, down, request).await?;
    let filters = Filters::of(&app.ctx, &asker.actor, &asker.view).await?;
    let uploads = may::upload_reports(&asker.actor);
    let view = asker.view.clone();
    let page = Page { v: asker.view, l: list.of(found.total), filters, rows: found.rows, uploads };
    Ok(page_with(&view, &page))
}

//! All findings as a list to work through, and as the rectification ledger to take away, exactly as filtered.

use askama::Template;
use axum::extract::{RawQuery, State};
use keqiao_app::desk::{self, FindingShown, LedgerFormat};
use keqiao_store::desk::finding::{FindingSort, FindingState};
use keqiao_store::desk::report::Report;

use super::choice::{self, Filters};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::{attachment, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "desk/ledger.html")]
struct Page {
    v: View,
    l: Listing,
    filters: Filters,
    rows: Vec<(FindingShown, Report)>,
}

impl Page {
    fn tone(&self, state: &FindingState) -> &'static str {
        super::finding::tone(*state)
    }

    fn export(&self, format: &str) -> String {
        self.l.at(&format!("/desk/ledger/export?format={format}"))
    }
}

/// `GET /desk/ledger`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/desk/ledger", &query.unwrap_or_default(), "report");
    let (sort, down) = choice::sort(&list, FindingSort::Report);
    let filter = choice::findings(&list, &asker.actor);
    let request = list.request();
    let found = desk::findings(&app.ctx, &asker.actor, &filter, sort, down, request).await?;
    let shown = |(finding, report)| Ok((FindingShown::new(finding)?, report));
    let rows = found.rows.into_iter().map(shown).collect::<keqiao_app::AppResult<Vec<_>>>()?;
    let filters = Filters::of(&app.ctx, &asker.actor, &asker.view).await?;
    let view = asker.view.clone();
    Ok(page_with(&view, &Page { v: asker.view, l: list.of(found.total), filters, rows }))
}

/// `GET /desk/ledger/export?format=xlsx|docx`
pub(super) async fn export(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/desk/ledger", &query.unwrap_or_default(), "report");
    let format = list.get("format").parse().unwrap_or(LedgerFormat::Xlsx);
    let (filter, lang) = (choice::findings(&list, &asker.actor), asker.view.lang);
    let chosen = choice::in_words(&list, lang);
    let made = desk::ledger(&app.ctx, &asker.actor, &filter, chosen, format, lang).await?;
    Ok(attachment(&made.name, made.kind, made.bytes))
}

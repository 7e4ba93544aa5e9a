//! The list of records: filtered, with the sums by rung above it, exported as it stands.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keqiao_access::may;
use keqiao_app::directory::Format;
use keqiao_app::evidence::{self, EvidenceRecord, EvidenceSort};
use keqiao_evidence::{Rung, Template as KindTemplate};
use keqiao_store::evidence::measure::Part;

use super::choice::{self, Options};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::pages::directory::sent;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "evidence/list.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<EvidenceRecord>,
    kinds: Options,
    standings: Options,
    regions: Options,
    projects: Options,
    totals: Vec<Part<Rung>>,
    counted: &'static str,
    may_record: bool,
}

impl Page {
    fn tone(&self, record: &EvidenceRecord) -> &'static str {
        choice::tone(record)
    }

    fn standing(&self, record: &EvidenceRecord) -> String {
        choice::standing(record, &self.v)
    }

    fn counts(&self, record: &EvidenceRecord) -> String {
        choice::counts(record, &self.v)
    }

    fn days(&self, record: &EvidenceRecord) -> String {
        choice::days(record)
    }

    fn rung(&self, part: &Part<Rung>) -> String {
        format!("{} · {} {}", self.v.f(part.of.title()), self.v.count(part.rows), self.v.t("条", "records"))
    }
}

fn listing(query: Option<&str>) -> Listing {
    Listing::new("/evidence", query.unwrap_or_default(), "-day")
}

fn sort(l: &Listing) -> (EvidenceSort, bool) {
    let (name, down) = l.sort().strip_prefix('-').map_or((l.sort(), false), |name| (name, true));
    (name.parse().unwrap_or(EvidenceSort::Day), down)
}

/// `GET /evidence`
pub(super) async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = listing(query.as_deref());
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view);
    let filter = choice::filter(&l);
    let (order, down) = sort(&l);
    let request = l.request();
    let found = evidence::page(ctx, actor, &filter, order, down, request).await?;
    let totals = evidence::totals(ctx, actor, &filter, evidence::leading(filter.kind)).await?;
    let counts = filter.kind.map(|k| KindTemplate::of(k).counts).and_then(|c| c.first());
    let projects = evidence::projects(ctx, actor).await?;
    let page = Page {
        l: l.of(found.total),
        rows: found.rows,
        kinds: choice::kinds(&v),
        standings: choice::standings(&v),
        regions: choice::regions(actor),
        projects: projects.into_iter().map(|(id, title)| (id.to_string(), title)).collect(),
        totals: totals.into_iter().filter(|p| p.rows > 0).collect(),
        counted: v.f(counts.map_or(keqiao_evidence::Count::People, |f| f.count).title()),
        may_record: may::record_somewhere(actor),
        v,
    };
    Ok(page_with(&page.v, &page))
}

/// `GET /evidence.xlsx`
pub(super) async fn xlsx(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    file(&app, &asker, query, Format::Xlsx).await
}

/// `GET /evidence.csv`
pub(super) async fn csv(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    file(&app, &asker, query, Format::Csv).await
}

async fn file(app: &App, asker: &Asker, query: Option<String>, format: Format) -> Answer<Response> {
    let l = listing(query.as_deref());
    let lang = asker.view.lang;
    let bytes = evidence::export(&app.ctx, &asker.actor, &choice::filter(&l), sort(&l), format, lang).await?;
    Ok(sent(&format!("{}-{}", asker.view.t("活动记录", "evidence"), app.ctx.now().date()), format, bytes))
}

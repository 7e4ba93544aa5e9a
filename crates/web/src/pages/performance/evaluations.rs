//! The list of evaluations, and the form by which a department's evaluation begins.

use askama::Template;
use axum::Form;
use axum::extract::{RawQuery, State};
use keqiao_access::may;
use keqiao_app::performance::{self, evaluation};
use keqiao_base::Refusal;
use keqiao_performance::Profile;
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
use keqiao_store::performance::evaluation::{EvaluationFilter, EvaluationRecord};

use super::choice::{self, Options};
use super::sent::Sent;
use super::targets::region_province;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::faults::Faults;
use crate::listing::Listing;
use crate::notice;
use crate::pages::{options, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "performance/evaluations.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<EvaluationRecord>,
    years: Options,
    kinds: Options,
    states: Options,
    region: String,
    year: i32,
    targets: Options,
    profiles: Options,
    profile: String,
    judges: bool,
    faults: Faults,
}

impl Page {
    fn total(&self, e: &EvaluationRecord) -> String {
        choice::points(Some(e.total))
    }

    fn band(&self, e: &EvaluationRecord) -> String {
        choice::band(&self.v, &e.band)
    }

    fn tone(&self, e: &EvaluationRecord) -> &'static str {
        if e.state == EvaluationState::Submitted { "good" } else { "quiet" }
    }
}

/// `GET /performance/evaluations`
pub(super) async fn list(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let list = Listing::new("/performance/evaluations", &query.unwrap_or_default(), "");
    show(&app, asker, list, Faults::default()).await
}

async fn show(app: &App, asker: Asker, list: Listing, faults: Faults) -> Answer {
    let (ctx, actor, v) = (&app.ctx, &asker.actor, asker.view.clone());
    let filter = EvaluationFilter {
        year: list.get("year").parse().ok(),
        kind: list.get("kind").parse().ok(),
        state: list.get("state").parse().ok(),
        ..EvaluationFilter::default()
    };
    let found = evaluation::page(ctx, actor, &filter, list.request()).await?;
    let region = choice::region(actor, list.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let now = ctx.now();
    let year = choice::year(list.get("year"), now);
    let targets = performance::targets_of(ctx, actor, region, year).await?;
    let scored = targets.into_iter().filter(|t| t.project_id.is_some() && t.approved > 0);
    let page = Page {
        years: choice::years(&performance::years(ctx, actor).await?, now),
        kinds: options!(v, EvaluationKind),
        states: options!(v, EvaluationState),
        targets: scored.map(|t| (t.id.to_string(), t.name)).collect(),
        profiles: choice::profiles(&v),
        profile: Profile::of_province(region_province(region), year).map(|p| p.name.clone()).unwrap_or_default(),
        judges: may::evaluate_others(actor, region),
        region: region.code(),
        year,
        l: list.of(found.total),
        rows: found.rows,
        faults,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `POST /performance/evaluations`
pub(super) async fn begin(State(app): State<App>, asker: Asker, Form(sent): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(sent);
    let (ctx, actor) = (&app.ctx, &asker.actor);
    let region = choice::region(actor, sent.get("region"))?.ok_or_else(Refusal::forbidden)?;
    let year = choice::year(sent.get("year"), ctx.now());
    let target = sent.get("target").parse().ok();
    match evaluation::begin_department(ctx, actor, region, year, sent.get("profile"), target).await {
        Ok(id) => Ok(notice::redirect(&format!("/performance/evaluations/{id}"))),
        Err(error) => {
            let faults = Faults::of(error)?;
            let list = Listing::new("/performance/evaluations", &format!("region={}&year={year}", region.code()), "");
            show(&app, asker, list, faults).await
        }
    }
}

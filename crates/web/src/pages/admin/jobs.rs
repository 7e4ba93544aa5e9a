//! The background jobs: what runs, waits, or has failed, and what to do about it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::routing::{get, post};
use keqiao_app::jobs::{self, Job, State as JobState, queue};
use keqiao_base::{JobId, Refusal};
use keqiao_i18n::Fixed;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::listing::Listing;
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

/// `/admin/jobs…`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/admin/jobs", get(show))
        .route("/admin/jobs/{id}/retry", post(retry))
        .route("/admin/jobs/{id}/cancel", post(cancel))
}

#[derive(Template)]
#[template(path = "admin/jobs.html")]
struct Page {
    v: View,
    l: Listing,
    rows: Vec<Job>,
    titles: Vec<(&'static str, Fixed)>,
    states: Vec<(&'static str, &'static str)>,
}

impl Page {
    fn title<'a>(&self, job: &'a Job) -> &'a str {
        let known = self.titles.iter().find(|(kind, _)| *kind == job.kind);
        known.map_or(job.kind.as_str(), |(_, title)| title.get(self.v.lang))
    }

    fn tone(&self, job: &Job) -> &'static str {
        match job.state {
            JobState::Done => "good",
            JobState::Running => "info",
            JobState::Failed => "error",
            JobState::Queued | JobState::Cancelled => "quiet",
        }
    }

    fn again(&self, job: &Job) -> bool {
        matches!(job.state, JobState::Failed | JobState::Cancelled)
    }

    fn waits(&self, job: &Job) -> bool {
        job.state == JobState::Queued
    }

    fn percent(&self, job: &Job) -> i32 {
        job.progress / 10
    }
}

async fn show(State(app): State<App>, asker: Asker, RawQuery(query): RawQuery) -> Answer {
    let l = Listing::new("/admin/jobs", query.as_deref().unwrap_or_default(), "");
    let state = l.get("state").parse().ok();
    let page = queue::list(&app.ctx, &asker.actor, state, l.request()).await?;
    let v = asker.view;
    let page = Page {
        l: l.of(page.total),
        rows: page.rows,
        titles: jobs::works().iter().map(|w| (w.kind(), w.title())).collect(),
        states: JobState::ALL.iter().map(|s| (s.code(), v.f(s.title()))).collect(),
        v,
    };
    Ok(page_with(&page.v, &page))
}

async fn retry(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer {
    queue::retry(&app.ctx, &asker.actor, job(&id)?).await?;
    Ok(notice::done("/admin/jobs", "任务已重新排队。", "The job is queued again."))
}

async fn cancel(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer {
    queue::cancel(&app.ctx, &asker.actor, job(&id)?).await?;
    Ok(notice::done("/admin/jobs", "任务已取消。", "The job is cancelled."))
}

fn job(id: &str) -> Result<JobId, Refusal> {
    id.parse().map_err(|_| Refusal::not_found())
}

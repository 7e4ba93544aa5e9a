//! One report: its text with the findings in place, the list of findings beside it, its versions, and two of them compared.

use askama::Template;
use axum::extract::{Path, Query, State};
use keqiao_access::may;
use keqiao_app::desk::{self, Comparison, FindingShown, ReportShown};
use keqiao_base::ReportId;
use keqiao_i18n::Fixed;
use keqiao_store::desk::finding::FindingState;
use serde::Deserialize;

use super::choice::{self, Options};
use super::finding::{card_states, tone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::notice;
use crate::pages::{attachment, page, page_with};
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "desk/report.html")]
struct Page {
    v: View,
    r: ReportShown,
    states: Options,
    assigns: bool,
    uploads: bool,
    removes: bool,
}

/// The list beside the text alone: what is asked for again when somebody changed something.
#[derive(Template)]
#[template(path = "desk/findings.html")]
struct Aside {
    v: View,
    r: ReportShown,
    states: Options,
    assigns: bool,
}

#[derive(Template)]
#[template(path = "desk/compare.html")]
struct Compare {
    v: View,
    c: Comparison,
}

/// What both templates of a report call: `shown!(Page);` expands to `impl Page { fn tone(…) … fn place(…) … }`.
macro_rules! shown {
    ($($page:ty),+) => {$(
        impl $page {
            fn tone(&self, state: &FindingState) -> &'static str {
                tone(*state)
            }

            fn place(&self, finding: &FindingShown, at: &usize) -> String {
                super::finding::place(finding, *at, self.v.lang)
            }
        }
    )+};
}
shown!(Page, Aside);

impl Compare {
    fn tone(&self, state: &FindingState) -> &'static str {
        tone(*state)
    }

    /// Where the words at fault stand.
    fn place(&self, finding: &FindingShown) -> String {
        super::finding::place(finding, 0, self.v.lang)
    }

    /// The three lists: anchor, title, findings.
    fn parts(&self) -> [(&'static str, Fixed, &Vec<FindingShown>); 3] {
        [
            ("fixed", Fixed { zh: "已不再出现", en: "Gone" }, &self.c.fixed),
            ("new", Fixed { zh: "新出现", en: "New" }, &self.c.new),
            ("remaining", Fixed { zh: "仍存在", en: "Remaining" }, &self.c.remaining),
        ]
    }
}

impl Page {
    fn problem_tone(&self, fatal: &bool) -> &'static str {
        if *fatal { "error" } else { "warning" }
    }

    fn kind(&self) -> &'static str {
        self.v.f(choice::kind(&self.r.report.kind))
    }
}

/// `GET /desk/reports/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<ReportId>) -> Answer {
    let r = desk::report(&app.ctx, &asker.actor, id).await?;
    let region = r.report.region;
    let view = asker.view.clone();
    let page = Page {
        states: card_states(&asker.actor, region, &view),
        assigns: may::assign_finding(&asker.actor, region),
        uploads: may::upload_report(&asker.actor, region),
        removes: may::remove_report(&asker.actor, region),
        v: asker.view,
        r,
    };
    Ok(page_with(&view, &page))
}

/// `GET /desk/reports/{id}/findings`
pub(super) async fn findings(State(app): State<App>, asker: Asker, Path(id): Path<ReportId>) -> Answer {
    let r = desk::report(&app.ctx, &asker.actor, id).await?;
    let region = r.report.region;
    let (states, assigns) = (card_states(&asker.actor, region, &asker.view), may::assign_finding(&asker.actor, region));
    Ok(page(&Aside { v: asker.view, r, states, assigns }))
}

/// Which versions.
#[derive(Debug, Deserialize)]
pub(super) struct Versions {
    before: Option<i32>,
    after: Option<i32>,
}

/// `GET /desk/reports/{id}/compare`
pub(super) async fn compare(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ReportId>,
    Query(versions): Query<Versions>,
) -> Answer {
    let c = desk::compare(&app.ctx, &asker.actor, id, versions.before, versions.after).await?;
    let view = asker.view.clone();
    Ok(page_with(&view, &Compare { v: asker.view, c }))
}

/// `POST /desk/reports/{id}/remove`
pub(super) async fn remove(State(app): State<App>, asker: Asker, Path(id): Path<ReportId>) -> Answer {
    desk::take_off(&app.ctx, &asker.actor, id).await?;
    Ok(notice::done("/desk", "报告已从校对台移出。", "The report was taken off the desk."))
}

/// `GET /desk/reports/{id}/versions/{number}/file`
pub(super) async fn file(State(app): State<App>, asker: Asker, Path((id, number)): Path<(ReportId, i32)>) -> Answer {
    let (name, bytes) = desk::original(&app.ctx, &asker.actor, id, number).await?;
    Ok(attachment(&name, "application/octet-stream", bytes))
}

//! One finding: what it says, what people made of it, and the forms by which they do.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use keqiao_access::{Actor, RegionCode, may};
use keqiao_app::desk::{self, FindingShown, Judgement};
use keqiao_app::{AppResult, Ctx};
use keqiao_base::{FindingId, Kind, Refusal};
use keqiao_i18n::Lang;
use keqiao_proofread::render::place as places;
use keqiao_store::desk::finding::{Comment, Finding, FindingState};
use keqiao_store::desk::report::Report;
use serde::Deserialize;

use super::choice::Options;
use crate::asker::Asker;
use crate::failure::{Answer, status};
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::View;

#[derive(Template)]
#[template(path = "desk/finding.html")]
struct Page {
    v: View,
    f: FindingShown,
    report: Report,
    comments: Vec<Comment>,
    states: Options,
    assigns: bool,
    talks: bool,
    mine: bool,
    people: Options,
    typed: Typed,
    refusal: Option<Refusal>,
}

/// What was typed into a form that was refused: nothing of it is lost.
#[derive(Debug, Default)]
struct Typed {
    state: String,
    reason: String,
    words: String,
}

impl Page {
    fn tone(&self, state: &FindingState) -> &'static str {
        tone(*state)
    }

    fn place(&self, finding: &FindingShown, at: &usize) -> String {
        place(finding, *at, self.v.lang)
    }

    /// The state that the form shows as chosen: what was typed, else what stands.
    fn state(&self) -> &str {
        if self.typed.state.is_empty() { self.f.finding.state.code() } else { &self.typed.state }
    }

    /// The account that it is given to.
    fn assignee(&self) -> String {
        self.f.finding.assignee_id.map_or_else(String::new, |id| id.to_string())
    }

    /// What is wrong with a field.
    fn fault(&self, field: &str) -> &str {
        let fields = self.refusal.iter().flat_map(|r| &r.fields);
        fields.into_iter().find(|f| f.field == field).map_or("", |f| self.v.b(&f.message))
    }

    /// What is wrong with the whole.
    fn whole(&self) -> &str {
        self.refusal.as_ref().map_or("", |r| self.v.b(&r.message))
    }
}

/// The states that the actor may give, for the form in a card.
pub(super) fn card_states(actor: &Actor, region: RegionCode, v: &View) -> Options {
    let may = |state: FindingState| match state {
        FindingState::Fixed => may::mark_fixed(actor, region),
        _ => may::judge_finding(actor, region),
    };
    let options = FindingState::ALL.iter().copied().filter(|s| may(*s));
    options.map(|s| (s.code().to_owned(), v.f(s.title()).to_owned())).collect()
}

/// The tone of the badge of a state.
pub(super) fn tone(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "quiet",
        FindingState::Fixed => "good",
        FindingState::Accepted => "warning",
        FindingState::FalseAlarm => "info",
    }
}

/// A place of a finding in words.
pub(super) fn place(finding: &FindingShown, at: usize, lang: Lang) -> String {
    finding.noted.places.get(at).map(|p| places::words(&p.place, lang)).unwrap_or_default()
}

async fn page(ctx: &Ctx, asker: &Asker, id: FindingId, typed: Typed, refusal: Option<Refusal>) -> AppResult<Page> {
    let (f, report, comments) = desk::finding(ctx, &asker.actor, id).await?;
    let people = match may::assign_finding(&asker.actor, report.region) {
        true => desk::assignees(ctx, &asker.actor, report.region).await?,
        false => Vec::new(),
    };
    Ok(Page {
        people: people.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        v: asker.view.clone(),
        states: card_states(&asker.actor, report.region, &asker.view),
        assigns: may::assign_finding(&asker.actor, report.region),
        talks: may::comment(&asker.actor, report.region),
        mine: f.finding.assignee_id.is_some() && f.finding.assignee_id == asker.actor.account(),
        f,
        report,
        comments,
        typed,
        refusal,
    })
}

/// `GET /desk/findings/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<FindingId>) -> Answer {
    Ok(page_with(&asker.view, &page(&app.ctx, &asker, id, Typed::default(), None).await?))
}

/// A judgement as it is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Judged {
    revision: i32,
    state: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    back: String,
}

/// `POST /desk/findings/{id}/judge`
pub(super) async fn judge(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<FindingId>,
    Form(sent): Form<Judged>,
) -> Answer {
    let typed = Typed { state: sent.state.clone(), reason: sent.reason.clone(), words: String::new() };
    let unknown = |_| Refusal::field("finding.state", "state", "请选择一种处理结果。", "Choose how it is settled.");
    let outcome = match sent.state.parse().map_err(unknown) {
        Ok(state) => {
            desk::judge(&app.ctx, &asker.actor, id, sent.revision, &Judgement { state, reason: sent.reason }).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&app, &asker, id, &sent.back, outcome, typed).await
}

/// An assignment as it is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Assigned {
    revision: i32,
    /// `me`, an account, or nobody.
    #[serde(default)]
    to: String,
    #[serde(default)]
    back: String,
}

/// `POST /desk/findings/{id}/assign`
pub(super) async fn assign(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<FindingId>,
    Form(sent): Form<Assigned>,
) -> Answer {
    let to = if sent.to == "me" { asker.actor.account() } else { sent.to.parse().ok() };
    let outcome = desk::assign(&app.ctx, &asker.actor, id, sent.revision, to).await;
    answer(&app, &asker, id, &sent.back, outcome, Typed::default()).await
}

/// A remark as it is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    words: String,
}

/// `POST /desk/findings/{id}/comment`
pub(super) async fn comment(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<FindingId>,
    Form(sent): Form<Said>,
) -> Answer {
    let outcome = desk::comment(&app.ctx, &asker.actor, id, &sent.words).await;
    answer(&app, &asker, id, "", outcome, Typed { words: sent.words, ..Typed::default() }).await
}

/// Back to where the form stood; a refusal that can be corrected shows the finding as it is now, with what was typed.
async fn answer(
    app: &App,
    asker: &Asker,
    id: FindingId,
    back: &str,
    outcome: AppResult<Finding>,
    typed: Typed,
) -> Answer {
    let refusal = match outcome {
        Ok(after) if back == "report" => {
            return Ok(notice::redirect(&format!("/desk/reports/{}#f{}", after.report_id, after.number)));
        }
        Ok(_) => return Ok(notice::redirect(&format!("/desk/findings/{id}"))),
        Err(error) => crate::failure::Failure::from(error).refusal()?,
    };
    if !matches!(refusal.kind, Kind::Invalid | Kind::Conflict) {
        return Err(refusal.into());
    }
    let status = status(refusal.kind);
    let page = page(&app.ctx, asker, id, typed, Some(refusal)).await?;
    Ok(with_status(status, page_with(&asker.view, &page)))
}

fn with_status(status: StatusCode, response: axum::response::Response) -> axum::response::Response {
    (status, response).into_response()
}

//! One record: what it states, its files, what looks wrong, its history out of the chain, and the forms by which it is confirmed, proved and
//! declared void.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use keqiao_app::Ctx;
use keqiao_app::evidence::{self, EvidenceRecord, Shown};
use keqiao_base::{EvidenceId, Kind, Refusal};
use keqiao_evidence::{ActKind, Entry, Rung};
use keqiao_store::evidence::RecordFile;
use serde::Deserialize;

use super::choice::{self, Options};
use crate::asker::Asker;
use crate::failure::{Answer, Failure};
use crate::faults::Faults;
use crate::notice;
use crate::pages::{attachment, page_with};
use crate::state::App;
use crate::view::View;

/// What was typed into a form that was refused: nothing of it is lost.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) form: &'static str,
    pub(super) words: String,
    pub(super) number: String,
    pub(super) rung: String,
}

#[derive(Template)]
#[template(path = "evidence/record.html")]
struct Page {
    v: View,
    s: Shown,
    faults: Faults,
    typed: Typed,
    rungs: Options,
    asks: Vec<(i32, &'static str, &'static str)>,
}

impl Page {
    fn tone(&self) -> &'static str {
        choice::tone(&self.s.record)
    }

    fn standing(&self) -> String {
        choice::standing(&self.s.record, &self.v)
    }

    fn counts(&self) -> String {
        choice::counts(&self.s.record, &self.v)
    }

    fn days(&self) -> String {
        choice::days(&self.s.record)
    }

    /// What is wrong with a field of one of the forms.
    fn fault(&self, form: &str, field: &str) -> &str {
        if self.typed.form == form { self.faults.at(&self.v, field) } else { "" }
    }

    fn words(&self, form: &str) -> &str {
        if self.typed.form == form { &self.typed.words } else { "" }
    }

    /// Whether something looked wrong when it was recorded: then a word is needed.
    fn doubtful(&self) -> bool {
        !self.s.flags.is_empty()
    }

    fn confirm_help(&self) -> &str {
        match self.doubtful() {
            true => self.v.t("有疑点，必须写明核实情况。", "Needed: something looks wrong."),
            false => self.v.t("选填。", "Optional."),
        }
    }

    /// What was done, with what is worth saying of it.
    fn said(&self, entry: &Entry) -> String {
        said(&self.v, entry)
    }

    fn picture(&self, file: &RecordFile) -> bool {
        file.role == keqiao_evidence::FileRole::Photo
    }

    fn taken(&self, file: &RecordFile) -> String {
        let day = file.taken_day.map(|d| format!("{d} {}", file.taken_time)).unwrap_or_default();
        let point = file.note().taken.point.map(|p| p.to_string()).unwrap_or_default();
        [day.trim(), &point].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn size(&self, file: &RecordFile) -> String {
        format!("{} KB", self.v.count(file.size.max(0) / 1024 + 1))
    }

    fn hash(&self, text: &str) -> String {
        text.chars().take(12).collect()
    }
}

fn said(v: &View, entry: &Entry) -> String {
    let detail: serde_json::Value = serde_json::from_str(&entry.act.detail).unwrap_or_default();
    let text = |key: &str| detail.get(key).and_then(|w| w.as_str()).unwrap_or_default().to_owned();
    let rung = text("to").parse::<Rung>().map(|r| v.f(r.title()).to_owned()).unwrap_or_default();
    let files = detail.get("files").and_then(|f| f.as_array()).map_or(0, Vec::len);
    let mut parts = vec![v.f(entry.act.what.title()).to_owned()];
    if matches!(entry.act.what, ActKind::Confirmed | ActKind::Raised) {
        parts.push(rung);
    }
    parts.extend([text("number"), text("words"), text("reason")]);
    if files > 0 && entry.act.what != ActKind::Recorded {
        parts.push(format!("{files} {}", v.t("个文件", "files")));
    }
    parts.retain(|p| !p.is_empty());
    parts.join(v.t("；", "; "))
}

async fn page(ctx: &Ctx, asker: Asker, id: EvidenceId, faults: Faults, typed: Typed) -> Answer {
    let s = evidence::show(ctx, &asker.actor, id).await?;
    let v = asker.view;
    let rung = s.record.rung().max(Rung::Confirmed);
    let page = Page {
        rungs: if s.record.rung > 0 { choice::rungs_above(&v, rung) } else { Vec::new() },
        asks: Rung::ALL.iter().map(|r| (r.number(), v.f(r.title()), v.f(r.asks()))).collect(),
        s,
        faults,
        typed,
        v,
    };
    Ok(page.faults.answer(page_with(&page.v, &page)))
}

/// `GET /evidence/{id}`
pub(super) async fn show(State(app): State<App>, asker: Asker, Path(id): Path<EvidenceId>) -> Answer {
    page(&app.ctx, asker, id, Faults::default(), Typed::default()).await
}

/// Words of a form, with the revision it was made from.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    revision: i32,
    #[serde(default)]
    words: String,
}

/// `POST /evidence/{id}/confirm`
pub(super) async fn confirm(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvidenceId>,
    Form(sent): Form<Said>,
) -> Answer {
    let outcome = evidence::confirm(&app.ctx, &asker.actor, id, sent.revision, &sent.words).await;
    let typed = Typed { form: "confirm", words: sent.words, ..Typed::default() };
    answer(&app, asker, id, outcome, typed, ("已确认。", "Confirmed.")).await
}

/// `POST /evidence/{id}/void`
pub(super) async fn void(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvidenceId>,
    Form(sent): Form<Said>,
) -> Answer {
    let outcome = evidence::void(&app.ctx, &asker.actor, id, sent.revision, &sent.words).await;
    let typed = Typed { form: "void", words: sent.words, ..Typed::default() };
    answer(
        &app,
        asker,
        id,
        outcome,
        typed,
        ("已作废。记录和原因仍然留存。", "Void. The record and the reason are kept."),
    )
    .await
}

/// Back to the record; a refusal that can be corrected shows it as it is now, with what was typed.
pub(super) async fn answer(
    app: &App,
    asker: Asker,
    id: EvidenceId,
    outcome: keqiao_app::AppResult<EvidenceRecord>,
    typed: Typed,
    (zh, en): (&'static str, &'static str),
) -> Answer {
    let refusal = match outcome {
        Ok(_) => return Ok(notice::done(&format!("/evidence/{id}"), zh, en)),
        Err(error) => Failure::from(error).refusal()?,
    };
    match refusal.kind {
        Kind::Invalid | Kind::Conflict => page(&app.ctx, asker, id, Faults::of(refusal)?, typed).await,
        _ => Err(refusal.into()),
    }
}

/// `GET /evidence/{id}/files/{number}`: a picture is shown, everything else is saved.
pub(super) async fn file(
    State(app): State<App>,
    asker: Asker,
    Path((id, number)): Path<(EvidenceId, i32)>,
) -> Answer<Response> {
    let (name, bytes) = evidence::download(&app.ctx, &asker.actor, id, number).await?;
    let Some(kind) = picture(&bytes) else {
        return Ok(attachment(&name, "application/octet-stream", bytes));
    };
    // Known by its bytes, never run, and kept by the browser: what a hash names does not change.
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400")),
    ];
    Ok((headers, bytes).into_response())
}

/// The media type of a picture that browsers show.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// What a form without a revision was made from.
pub(super) fn revision(text: &str) -> Result<i32, Refusal> {
    text.parse().map_err(|_| Refusal::conflict())
}

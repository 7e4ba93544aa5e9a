//! Uploads: the form, the plain post without script, and the resumable protocol that the script speaks.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, Query, State};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use keqiao_access::{RegionCode, may};
use keqiao_app::desk::{self, FILE_BYTES_MAX};
use keqiao_base::{BatchId, Kind, Refusal, ReportId, UploadId};
use keqiao_i18n::Bilingual;
use serde::{Deserialize, Serialize};

use super::choice::Options;
use crate::asker::Asker;
use crate::failure::{Answer, Failure, problem, status};
use crate::notice;
use crate::pages::page_with;
use crate::state::App;
use crate::view::{Tone, View};

/// Endings that the checker reads; offered by the file dialog.
pub(super) const ACCEPTED: &str = ".docx,.docm,.doc,.wps,.pdf,.xlsx,.xlsm,.xls,.et,.ods,.html,.htm,.md,.txt";
/// Files whose refusals are told one by one.
const TOLD_MAX: usize = 5;

#[derive(Template)]
#[template(path = "desk/upload.html")]
struct Page {
    v: View,
    regions: Options,
    accept: &'static str,
}

/// `GET /desk/upload`
pub(super) async fn form(asker: Asker) -> Answer {
    asker.actor.must(may::upload_reports(&asker.actor))?;
    let regions = desk::upload_regions(&asker.actor).into_iter().map(|r| (r.code(), r.full_name())).collect();
    let view = asker.view.clone();
    Ok(page_with(&view, &Page { v: asker.view, regions, accept: ACCEPTED }))
}

/// `POST /desk/upload`: a form without script.
pub(super) async fn take(State(app): State<App>, asker: Asker, form: Multipart) -> Answer {
    take_all(&app, &asker, None, form).await
}

/// `POST /desk/reports/{id}/versions`: a corrected version.
pub(super) async fn take_version(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<ReportId>,
    form: Multipart,
) -> Answer {
    take_all(&app, &asker, Some(id), form).await
}

async fn take_all(app: &App, asker: &Asker, report: Option<ReportId>, mut form: Multipart) -> Answer {
    let mut region = None;
    let mut batch = None;
    let (mut taken, mut refused) = (0usize, Vec::new());
    while let Some(field) = form.next_field().await.map_err(broken_off)? {
        match field.name() {
            Some("region") => region = field.text().await.map_err(broken_off)?.parse::<RegionCode>().ok(),
            Some("file") if field.file_name().is_some_and(|n| !n.is_empty()) => {
                let id = match batch {
                    Some(id) => id,
                    None => desk::begin_batch(&app.ctx, &asker.actor, region, report).await?.id,
                };
                batch = Some(id);
                let name = field.file_name().unwrap_or_default().to_owned();
                match take_one(app, asker, id, &name, field).await {
                    Ok(()) => taken += 1,
                    Err(failure) => refused.push((name, failure.refusal()?)),
                }
            }
            _ => {}
        }
    }
    let back = report.map_or_else(|| "/desk".to_owned(), |id| format!("/desk/reports/{id}"));
    if taken == 0 && refused.is_empty() {
        let text = Bilingual::new("请先选择文件。", "Choose a file first.");
        let form = if report.is_some() { back.as_str() } else { "/desk/upload" };
        return Ok(notice::redirect_with(form, Tone::Warning, &text));
    }
    Ok(notice::redirect_with(
        &back,
        if refused.is_empty() { Tone::Good } else { Tone::Warning },
        &told(taken, &refused),
    ))
}

async fn take_one(app: &App, asker: &Asker, batch: BatchId, name: &str, mut field: Field<'_>) -> Result<(), Failure> {
    let mut incoming = app.ctx.files.begin(&*app.ctx.entropy, FILE_BYTES_MAX).await?;
    while let Some(piece) = field.chunk().await.map_err(broken_off)? {
        incoming.write(&piece).await?;
    }
    desk::take_whole(&app.ctx, &asker.actor, batch, name, incoming).await?;
    Ok(())
}

/// What became of the files.
fn told(taken: usize, refused: &[(String, Refusal)]) -> Bilingual {
    let mut zh = format!("已收到 {taken} 个文件，正在后台检查，完成后自动显示。");
    let mut en = format!("{taken} files received; they are being checked and appear by themselves.");
    if !refused.is_empty() {
        zh.push_str(&format!("{} 个未成功：", refused.len()));
        en.push_str(&format!(" {} failed: ", refused.len()));
    }
    for (name, refusal) in refused.iter().take(TOLD_MAX) {
        let name: String = name.chars().take(40).collect();
        let why = refusal.fields.first().map_or(&refusal.message, |f| &f.message);
        zh.push_str(&format!("“{name}”{}", why.zh));
        en.push_str(&format!("“{name}”: {} ", why.en));
    }
    Bilingual::new(zh, en)
}

fn broken_off(error: axum::extract::multipart::MultipartError) -> Refusal {
    tracing::debug!(%error, "an upload broke off");
    Refusal::new(
        Kind::Invalid,
        "upload.broken_off",
        "上传中断，已收到的文件已保存，其余请重新选择。",
        "The upload broke off. Files that had arrived are saved; choose the others again.",
    )
}

/// A batch as it is begun.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begin {
    region: Option<RegionCode>,
    report: Option<ReportId>,
}

/// `POST /desk/batches`
pub(super) async fn begin_batch(State(app): State<App>, asker: Asker, Json(begin): Json<Begin>) -> Response {
    said(desk::begin_batch(&app.ctx, &asker.actor, begin.region, begin.report).await.map_err(Failure::from))
}

/// A file as it is announced.
#[derive(Debug, Deserialize)]
pub(super) struct Announced {
    name: String,
    size: u64,
    sha256: Option<String>,
}

/// `POST /desk/batches/{id}/uploads`
pub(super) async fn begin_upload(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BatchId>,
    Json(file): Json<Announced>,
) -> Response {
    let begun = desk::begin_upload(&app.ctx, &asker.actor, id, &file.name, file.size, file.sha256.as_deref()).await;
    said(begun.map_err(Failure::from))
}

/// From where on the bytes are.
#[derive(Debug, Deserialize)]
pub(super) struct Start {
    offset: u64,
}

/// `PUT /desk/uploads/{id}?offset=N`
pub(super) async fn receive(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<UploadId>,
    Query(from): Query<Start>,
    body: Body,
) -> Response {
    let bytes = body.into_data_stream().map(|piece| piece.map_err(std::io::Error::other));
    said(desk::receive(&app.ctx, &asker.actor, id, from.offset, bytes).await.map_err(Failure::from))
}

/// `GET /desk/uploads/{id}`
pub(super) async fn progress(State(app): State<App>, asker: Asker, Path(id): Path<UploadId>) -> Response {
    said(desk::progress(&app.ctx, &asker.actor, id).await.map_err(Failure::from))
}

/// The script reads JSON, also of refusals.
fn said<T: Serialize>(outcome: Result<T, Failure>) -> Response {
    match outcome.map_err(Failure::refusal) {
        Ok(value) => Json(value).into_response(),
        Err(Ok(refusal)) => problem(status(refusal.kind), &refusal, None),
        Err(Err(fault)) => fault.into_response(),
    }
}

//! Uploads for programs: begin a batch, announce each file, send its bytes, in pieces if need be.

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use futures_util::StreamExt;
use keqiao_access::RegionCode;
use keqiao_app::desk::{self, Progress};
use keqiao_base::{BatchId, ReportId, UploadId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::Key;
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(begin_batch)).routes(routes!(begin_upload)).routes(routes!(receive, progress))
}

/// A batch to begin.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(try_from = "Map<String, Value>")]
struct Begin {
    /// 地区代码；默认为本人所在地区 · Region; one's own when absent.
    #[schema(value_type = Option<String>)]
    region: Option<RegionCode>,
    /// 上传修改稿时填报告编号 · The report of which the files are new versions.
    #[schema(value_type = Option<String>)]
    report: Option<ReportId>,
}

// Every field may be absent, so a list would pass for one, field by field.
impl TryFrom<Map<String, Value>> for Begin {
    type Error = serde_json::Error;
    fn try_from(mut sent: Map<String, Value>) -> Result<Begin, serde_json::Error> {
        let mut field = |name: &str| sent.remove(name).unwrap_or_default();
        Ok(Begin { region: serde_json::from_value(field("region"))?, report: serde_json::from_value(field("report"))? })
    }
}

/// A batch that was begun.
#[derive(Debug, Serialize, ToSchema)]
struct Begun {
    id: String,
}

/// 开始一批上传 · Begin a batch
#[utoipa::path(post, path = "/batches", tag = "报告校对 Report desk", request_body = Begin, security(("token" = [])),
    responses((status = 200, body = Begun)))]
async fn begin_batch(State(app): State<App>, asker: Asker, Json(begin): Json<Begin>) -> Answer<Json<Begun>> {
    let begun = desk::begin_batch(&app.ctx, &asker.actor, begin.region, begin.report).await?;
    Ok(Json(Begun { id: begun.id.to_string() }))
}

/// A file to come.
#[derive(Debug, Deserialize, ToSchema)]
struct Announced {
    /// 文件名 · The file's name.
    #[schema(max_length = 500)]
    name: String,
    /// 字节数 · Bytes.
    #[schema(minimum = 1, maximum = 52_428_800)]
    size: u64,
    /// SHA-256，可不填 · SHA-256, to be compared.
    sha256: Option<String>,
}

/// How far a file is.
#[derive(Debug, Serialize, ToSchema)]
struct ProgressJson {
    id: String,
    /// 已收到的字节数 · Bytes that are here.
    received: u64,
    /// open, received or known
    state: String,
    /// 成为的报告 · The report that it became.
    report: Option<String>,
}

impl From<Progress> for ProgressJson {
    fn from(p: Progress) -> ProgressJson {
        let report = p.report.map(|id| id.to_string());
        ProgressJson { id: p.id.to_string(), received: p.received, state: p.state.to_string(), report }
    }
}

/// 登记一个文件 · Announce a file
#[utoipa::path(post, path = "/batches/{id}/uploads", tag = "报告校对 Report desk", params(("id" = String, Path)), request_body = Announced,
    security(("token" = [])), responses((status = 200, body = ProgressJson)))]
async fn begin_upload(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<BatchId>,
    Json(file): Json<Announced>,
) -> Answer<Json<ProgressJson>> {
    let begun = desk::begin_upload(&app.ctx, &asker.actor, id, &file.name, file.size, file.sha256.as_deref()).await?;
    Ok(Json(begun.into()))
}

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Start {
    /// 起始位置；不接续时不写入，返回应从何处继续 · From which byte on; when it does not follow, nothing is taken and the answer says from where.
    offset: u64,
}

/// 上传内容 · Send bytes
#[utoipa::path(put, path = "/uploads/{id}", tag = "报告校对 Report desk", params(("id" = String, Path), Start),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), security(("token" = [])),
    responses((status = 200, body = ProgressJson)))]
async fn receive(
    State(app): State<App>,
    asker: Asker,
    Key(id): Key<UploadId>,
    Query(from): Query<Start>,
    body: Body,
) -> Answer<Json<ProgressJson>> {
    let bytes = body.into_data_stream().map(|piece| piece.map_err(std::io::Error::other));
    Ok(Json(desk::receive(&app.ctx, &asker.actor, id, from.offset, bytes).await?.into()))
}

/// 上传进度 · How far a file is
#[utoipa::path(get, path = "/uploads/{id}", tag = "报告校对 Report desk", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = ProgressJson)))]
async fn progress(State(app): State<App>, asker: Asker, Key(id): Key<UploadId>) -> Answer<Json<ProgressJson>> {
    Ok(Json(desk::progress(&app.ctx, &asker.actor, id).await?.into()))
}

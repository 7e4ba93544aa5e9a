//! Imports into the books for programs: the file, its columns, bringing in, taking back; tables of other data.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use keqiao_access::may;
use keqiao_app::money;
use keqiao_app::money::import::{self, FileColumns, ImportRecord, List, Report, Target};
use keqiao_base::{BookImportId, Fen, Refusal};
use keqiao_i18n::Bilingual;
use keqiao_sheet::FILE_BYTES_MAX;
use keqiao_sheet::check::Note;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::At;
use crate::api::Before;
use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(state))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX))
        .routes(routes!(show, discard))
        .routes(routes!(columns))
        .routes(routes!(run))
        .routes(routes!(undo))
}

/// Where a file goes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Arriving {
    /// ledger 或 budget · ledger or budget.
    #[serde(default)]
    #[param(pattern = "^(ledger|budget)$")]
    list: String,
    /// 没写单位的行属于 · Id of the unit of lines that name none.
    #[serde(default)]
    #[param(pattern = "^[0-9a-f]{32}$")]
    unit: String,
    /// 从哪个软件导出 · Which software it came from.
    #[serde(default)]
    #[param(max_length = 40)]
    source: String,
    /// 文件名 · Name of the file.
    #[serde(default)]
    #[param(max_length = 120)]
    name: String,
}

/// 一次导入 · An import.
#[derive(Debug, Serialize, ToSchema)]
struct ImportJson {
    /// 编号 · Id.
    id: String,
    /// 状态 · mapping, preview, done or undone.
    state: String,
    /// 修订号 · Revision: the next step names it.
    revision: i32,
    /// 各列：列名与对应的栏 · Title and key of each column.
    #[schema(value_type = Vec<Vec<String>>)]
    columns: Vec<[String; 2]>,
    /// 行数 · Lines.
    lines: i32,
    /// 合计（分） · What the lines add up to, in 分.
    amount: i64,
    /// 问题、合计核对、已有凭证 · Notes, totals, vouchers that the books hold.
    #[schema(value_type = Object)]
    report: Report,
}

fn shape(i: ImportRecord) -> Answer<Json<ImportJson>> {
    let columns: FileColumns = serde_json::from_str(&i.columns)?;
    Ok(Json(ImportJson {
        id: i.id.to_string(),
        state: i.state.code().to_owned(),
        revision: i.revision,
        columns: columns.columns.into_iter().map(|c| [c.title, c.key]).collect(),
        lines: i.row_count,
        amount: i.amount.get(),
        report: serde_json::from_str(&i.report)?,
    }))
}

/// 上传表格 · Send a table
#[utoipa::path(post, path = "/money/imports", tag = "收支 Money", security(("token" = [])), params(At, Arriving),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 201, body = ImportJson)))]
async fn begin(
    State(app): State<App>,
    asker: Asker,
    Query(at): Query<At>,
    Query(arriving): Query<Arriving>,
    body: Bytes,
) -> Answer<(StatusCode, Json<ImportJson>)> {
    asker.actor.must(!may::book_regions(&asker.actor).is_empty())?;
    let (region, year) = at.read()?;
    let (zh, en) = ("请写明预算单位的编号。", "Name the unit by its id.");
    let target = Target {
        list: arriving.list.parse().unwrap_or(List::Ledger),
        region,
        year,
        unit: arriving.unit.parse().map_err(|_| Refusal::field("money.unit", "unit", zh, en))?,
        source: arriving.source,
    };
    let file = app.ctx.files.put(&*app.ctx.entropy, &body).await?;
    let id = import::begin(&app.ctx, &asker.actor, &target, &arriving.name, &file).await?;
    Ok((StatusCode::CREATED, shape(import::load(&app.ctx, &asker.actor, id).await?)?))
}

/// 查看一次导入 · An import
#[utoipa::path(get, path = "/money/imports/{id}", tag = "收支 Money", security(("token" = [])), params(("id" = String, Path)), responses((status = 200, body = ImportJson)))]
async fn show(State(app): State<App>, asker: Asker, Path(id): Path<BookImportId>) -> Answer<Json<ImportJson>> {
    shape(import::load(&app.ctx, &asker.actor, id).await?)
}

/// What the columns are.
#[derive(Debug, Deserialize, ToSchema)]
struct ColumnsJson {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
    /// 列号（从0起）对应的栏，未写的按建议 · Key by number of the column, from 0; others as suggested.
    #[serde(default)]
    columns: HashMap<usize, String>,
    /// 控制总数（分） · Control total in 分.
    #[serde(default)]
    control: Option<i64>,
}

/// 对应列并检查 · Choose the columns and inspect
#[utoipa::path(post, path = "/money/imports/{id}/columns", tag = "收支 Money", security(("token" = [])), params(("id" = String, Path)),
    request_body = ColumnsJson, responses((status = 200, body = ImportJson)))]
async fn columns(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Json(sent): Json<ColumnsJson>,
) -> Answer<Json<ImportJson>> {
    let control = sent.control.map(Fen::new);
    import::choose(&app.ctx, &asker.actor, id, sent.revision, &sent.columns, control).await?;
    shape(import::load(&app.ctx, &asker.actor, id).await?)
}

/// From which revision.
#[derive(Debug, Deserialize, ToSchema)]
struct Step {
    /// 所依据的修订号 · The revision it was made from.
    revision: i32,
}

/// 全部入账 · Book all lines, or none
#[utoipa::path(post, path = "/money/imports/{id}/run", tag = "收支 Money", security(("token" = [])), params(("id" = String, Path)),
    request_body = Step, responses((status = 200, body = ImportJson)))]
async fn run(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Json(step): Json<Step>,
) -> Answer<Json<ImportJson>> {
    import::run(&app.ctx, &asker.actor, id, step.revision).await?;
    shape(import::load(&app.ctx, &asker.actor, id).await?)
}

/// 整批撤销 · Take the whole back
#[utoipa::path(post, path = "/money/imports/{id}/undo", tag = "收支 Money", security(("token" = [])), params(("id" = String, Path)),
    request_body = Step, responses((status = 200, body = ImportJson)))]
async fn undo(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Json(step): Json<Step>,
) -> Answer<Json<ImportJson>> {
    import::undo(&app.ctx, &asker.actor, id, step.revision).await?;
    shape(import::load(&app.ctx, &asker.actor, id).await?)
}

/// 放弃未入账的导入 · Throw away an import that booked nothing
#[utoipa::path(delete, path = "/money/imports/{id}", tag = "收支 Money", security(("token" = [])),
    params(("id" = String, Path), Before), responses((status = 204)))]
async fn discard(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<BookImportId>,
    Query(before): Query<Before>,
) -> Answer<StatusCode> {
    import::discard(&app.ctx, &asker.actor, id, before.revision).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The name of a file that tells its form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Named {
    /// 文件名，如“数据.xlsx” · Name of the file, such as `items.csv`.
    #[serde(default)]
    #[param(max_length = 120)]
    name: String,
}

/// 一处问题 · A note on the file.
#[derive(Debug, Serialize, ToSchema)]
struct NoteJson {
    /// 行号，与电子表格一致 · The row as the spreadsheet numbers it.
    row: u32,
    /// 列 · Key of the column.
    key: String,
    value: String,
    zh: String,
    en: String,
    /// 是否无法写入 · Whether it keeps the table out.
    error: bool,
}

impl From<Note> for NoteJson {
    fn from(note: Note) -> NoteJson {
        let Bilingual { zh, en } = note.message;
        NoteJson { row: note.row, key: note.key, value: note.value, zh, en, error: note.error }
    }
}

/// 写入的结果 · What was written.
#[derive(Debug, Serialize, ToSchema)]
struct StatedJson {
    /// 写入的表数；有错误时为0 · Statements that were written; none when a note is an error.
    statements: usize,
    notes: Vec<NoteJson>,
}

/// 导入收入、年初结转、编制等数据 · Bring in income, opening balances, headcount and the like as one table
#[utoipa::path(post, path = "/money/statements", tag = "收支 Money", security(("token" = [])), params(At, Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = StatedJson)))]
async fn state(
    State(app): State<App>,
    asker: Asker,
    Query(at): Query<At>,
    Query(named): Query<Named>,
    body: Bytes,
) -> Answer<Json<StatedJson>> {
    asker.actor.must(!may::book_regions(&asker.actor).is_empty())?;
    let (statements, notes) =
        money::bring_items(&app.ctx, &asker.actor, at.read()?, &named.name, body.to_vec()).await?;
    Ok(Json(StatedJson { statements, notes: notes.into_iter().map(NoteJson::from).collect() }))
}

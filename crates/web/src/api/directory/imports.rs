//! Imports of files for programs: the file, its columns, the rows to look at, bringing in, taking back.

use std::collections::HashMap;
use std::num::NonZeroU16;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use keqiao_access::may;
use keqiao_app::directory::import::{self, FileColumns, ImportRecord, Report};
use keqiao_sheet::FILE_BYTES_MAX;
use keqiao_store::PageRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{EntryMade, list_of};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{id_of, region_of};
use crate::state::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .layer(DefaultBodyLimit::max(FILE_BYTES_MAX))
        .routes(routes!(show))
        .routes(routes!(columns))
        .routes(routes!(rows, choose))
        .routes(routes!(run))
        .routes(routes!(undo))
}

/// Which list and region.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Arriving {
    /// people 或 organisations · people or organisations.
    #[param(max_length = 20)]
    list: String,
    /// 没写地区的行归入哪里 · The region of rows that name none.
    #[param(max_length = 6)]
    region: String,
    /// 文件名 · Name of the file.
    #[param(max_length = 120)]
    name: String,
}

/// 一次导入 · An import.
#[derive(Debug, Serialize, ToSchema)]
struct ImportJson {
    /// 编号 · Id.
    id: String,
    /// 名录 · List.
    list: String,
    /// 状态 · mapping, checking, preview, importing, done, undoing, undone or failed.
    state: String,
    /// 文件名 · Name of the file.
    file_name: String,
    /// 各列对应到的栏，空为不导入 · The key that each column of the file is; empty: not imported.
    columns: Vec<ColumnJson>,
    /// 行数 · Rows.
    row_count: i32,
    /// 有错误的行数 · Rows with errors.
    at_fault: i32,
    /// 疑似重复的行数 · Rows that may repeat something.
    repeated: i32,
    /// 新增 · Made.
    made: i32,
    /// 合并 · Merged.
    merged: i32,
    /// 未导入 · Left out.
    skipped: i32,
    /// 撤销时保留的条数 · Left as they are by undoing.
    kept: i32,
}

/// 文件的一列 · A column of the file.
#[derive(Debug, Serialize, ToSchema)]
struct ColumnJson {
    /// 列名 · Its title.
    title: String,
    /// 对应的栏 · The key of the column it is.
    key: String,
}

fn shape(i: ImportRecord) -> Answer<ImportJson> {
    let columns: FileColumns = serde_json::from_str(&i.columns)?;
    Ok(ImportJson {
        id: i.id.to_string(),
        list: i.list.code().to_owned(),
        state: i.state.code().to_owned(),
        file_name: i.file_name,
        columns: columns.columns.into_iter().map(|c| ColumnJson { title: c.title, key: c.key }).collect(),
        row_count: i.row_count,
        at_fault: i.at_fault,
        repeated: i.repeated,
        made: i.made,
        merged: i.merged,
        skipped: i.skipped,
        kept: i.kept,
    })
}

/// 上传表格 · Send a table
#[utoipa::path(post, path = "/imports", tag = "名录 Directory", security(("token" = [])), params(Arriving),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 201, body = EntryMade)))]
async fn begin(
    State(app): State<App>,
    asker: Asker,
    Query(into): Query<Arriving>,
    bytes: Bytes,
) -> Answer<(StatusCode, Json<EntryMade>)> {
    asker.actor.must(may::import(&asker.actor))?;
    let region = region_of(&into.region)?;
    let file = app.ctx.files.put(&*app.ctx.entropy, &bytes).await?;
    let id = import::begin(&app.ctx, &asker.actor, list_of(&into.list)?, region, &into.name, &file).await?;
    Ok((StatusCode::CREATED, Json(EntryMade { id: id.to_string() })))
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichPage {
    /// 第几页 · Page, from 1.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 65_535)]
    page: Option<NonZeroU16>,
}

/// 历次导入，最近的在前 · Imports, newest first
#[utoipa::path(get, path = "/imports", tag = "名录 Directory", security(("token" = [])), params(WhichPage),
    responses((status = 200, body = Vec<ImportJson>)))]
async fn list(State(app): State<App>, asker: Asker, Query(which): Query<WhichPage>) -> Answer<Json<Vec<ImportJson>>> {
    let request = PageRequest::new(which.page.map_or(1, |page| page.get().into()), PageRequest::SIZE);
    let page = import::list(&app.ctx, &asker.actor, request).await?;
    Ok(Json(page.rows.into_iter().map(shape).collect::<Answer<Vec<_>>>()?))
}

/// 一次导入的情况 · One import
#[utoipa::path(get, path = "/imports/{id}", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = ImportJson)))]
async fn show(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<Json<ImportJson>> {
    Ok(Json(shape(import::load(&app.ctx, &asker.actor, id_of(&id)?).await?)?))
}

/// 各列对应 · Which key each column is.
#[derive(Debug, Deserialize, ToSchema)]
struct Chosen {
    /// 列序号（从0起）到栏 · Number of the column, from 0, to key.
    columns: HashMap<usize, String>,
}

/// 确定各列并检查 · Say what the columns are, and have the rows checked
#[utoipa::path(put, path = "/imports/{id}/columns", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path)),
    request_body = Chosen, responses((status = 202)))]
async fn columns(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(chosen): Json<Chosen>,
) -> Answer<StatusCode> {
    import::choose_columns(&app.ctx, &asker.actor, id_of(&id)?, &chosen.columns).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichRows {
    /// true：疑似重复；false：有错误 · Those that may repeat something, or those with errors.
    repeats: Option<bool>,
    /// 第几页 · Page, from 1.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 65_535)]
    page: Option<NonZeroU16>,
}

/// 需要看的一行 · A row to look at.
#[derive(Debug, Serialize, ToSchema)]
struct RowJson {
    /// 行号 · Row of the spreadsheet.
    number: i32,
    /// 名称 · Name.
    name: String,
    /// 问题（中文） · What is wrong, in Chinese.
    zh: Vec<String>,
    /// 问题（英文） · What is wrong, in English.
    en: Vec<String>,
    /// 可能是已有的哪几条 · Entries that it may repeat.
    counterparts: Vec<String>,
    /// 处理 · new, skip or merge.
    choice: String,
}

/// 需要看的行 · Rows to look at
#[utoipa::path(get, path = "/imports/{id}/rows", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path), WhichRows),
    responses((status = 200, body = Vec<RowJson>)))]
async fn rows(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Query(which): Query<WhichRows>,
) -> Answer<Json<Vec<RowJson>>> {
    let report = if which.repeats.unwrap_or(false) { Report::Repeats } else { Report::Faults };
    let request = PageRequest::new(which.page.map_or(1, |page| page.get().into()), PageRequest::SIZE_MAX);
    let page = import::rows(&app.ctx, &asker.actor, id_of(&id)?, report, request).await?;
    let row = |r: import::Looked| RowJson {
        number: r.number,
        name: r.name,
        zh: r.notes.iter().map(|n| format!("{}：{}", n.title.zh, n.message.zh)).collect(),
        en: r.notes.iter().map(|n| format!("{}: {}", n.title.en, n.message.en)).collect(),
        counterparts: r.counterparts.iter().filter_map(|c| c.entry.map(|e| e.to_string())).collect(),
        choice: r.choice,
    };
    Ok(Json(page.rows.into_iter().map(row).collect()))
}

/// 怎么处理 · What is to be done.
#[derive(Debug, Deserialize, ToSchema)]
struct Choice {
    /// 行号；不填为全部 · Rows; all when absent.
    rows: Option<Vec<i32>>,
    /// new、skip 或 merge · new, skip or merge.
    choice: String,
}

/// 疑似重复的行怎么处理 · What is to be done with rows that may repeat something
#[utoipa::path(post, path = "/imports/{id}/rows", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path)),
    request_body = Choice, responses((status = 204)))]
async fn choose(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<String>,
    Json(choice): Json<Choice>,
) -> Answer<StatusCode> {
    import::choose(&app.ctx, &asker.actor, id_of(&id)?, choice.rows.as_deref(), &choice.choice).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 确认导入 · Bring the rows in
#[utoipa::path(post, path = "/imports/{id}/run", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 202)))]
async fn run(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<StatusCode> {
    import::run(&app.ctx, &asker.actor, id_of(&id)?).await?;
    Ok(StatusCode::ACCEPTED)
}

/// 撤销整批导入 · Take the whole import back
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "名录 Directory", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 202)))]
async fn undo(State(app): State<App>, asker: Asker, Path(id): Path<String>) -> Answer<StatusCode> {
    import::undo(&app.ctx, &asker.actor, id_of(&id)?).await?;
    Ok(StatusCode::ACCEPTED)
}

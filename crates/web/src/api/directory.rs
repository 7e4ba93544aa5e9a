//! `/api/v1` of the directory: lists, entries, links. Imports are `imports`. Values travel as texts under the keys of the columns.

mod imports;
mod links;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::directory::{self, Asked};
use keqiao_base::{EntryId, Refusal};
use keqiao_directory::{Entry, ListKind, Organisation, Person};
use keqiao_sheet::Record;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed, gone};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::id_of;
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(entries, create))
        .routes(routes!(entry, change, void))
        .routes(routes!(contacts))
        .routes(routes!(history))
        .routes(routes!(restore))
        .routes(routes!(merge))
        .merge(links::routes())
        .merge(imports::routes())
}

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 姓名、单位、拼音或首字母、电话 · Name, organisation, pinyin or initials, phone.
    #[param(max_length = 100)]
    q: Option<String>,
    /// 行政区划代码，含下级 · Code of a region, with those below.
    #[param(max_length = 6)]
    region: Option<String>,
    /// 研究领域或行业 · A field of work, or an industry.
    #[param(max_length = 60)]
    field: Option<String>,
    /// 单位类型 · Kind of organisation.
    #[param(max_length = 40)]
    kind: Option<String>,
    /// 专家级别 · Level of expert.
    #[param(max_length = 40)]
    level: Option<String>,
    /// 身份等级 · How well known: none, declared, vouched, verified.
    #[param(max_length = 40)]
    grade: Option<String>,
    /// 由哪次导入新增 · Made by this import.
    #[param(max_length = 40)]
    import: Option<String>,
    /// 状态 · active (unless said otherwise), voided, merged.
    #[param(max_length = 40)]
    state: Option<String>,
}

impl Which {
    fn asked(self) -> Asked {
        Asked {
            q: self.q.unwrap_or_default(),
            region: self.region.unwrap_or_default(),
            field: self.field.unwrap_or_default(),
            kind: self.kind.unwrap_or_default(),
            level: self.level.unwrap_or_default(),
            grade: self.grade.unwrap_or_default(),
            import: self.import.unwrap_or_default(),
            state: self.state.unwrap_or_default(),
            sort: String::new(),
        }
    }
}

/// 名录中的一条 · One entry.
#[derive(Debug, Serialize, ToSchema)]
struct EntryJson {
    /// 编号 · Id.
    id: String,
    /// 版本，修改时带回 · Its revision; a change carries it.
    revision: i32,
    /// 状态 · active, voided or merged.
    state: String,
    /// 身份等级 · none, declared, vouched or verified.
    grade: String,
    /// 行政区划代码 · Code of its region.
    region: String,
    /// 最近修改 · When it was last changed.
    updated_at: String,
    /// 各栏内容，联系方式隐去一部分 · Values by column; contacts are masked.
    values: BTreeMap<String, String>,
}

fn map<T: Entry>(entry: &T) -> BTreeMap<String, String> {
    let held = T::columns().iter().filter(|c| !entry.get(c.key).is_empty());
    held.map(|c| (c.key.to_owned(), entry.get(c.key).to_owned())).collect()
}

impl<T: Entry> From<directory::Listed<T>> for EntryJson {
    fn from(listed: directory::Listed<T>) -> Self {
        EntryJson {
            id: listed.id.to_string(),
            revision: listed.revision,
            state: listed.state.code().to_owned(),
            grade: listed.grade.code().to_owned(),
            region: listed.region.code(),
            updated_at: listed.updated_at.iso(),
            values: map(&listed.entry),
        }
    }
}

/// 新建或修改的内容 · What is made or changed.
#[derive(Debug, Deserialize, ToSchema)]
struct Written {
    /// 修改时：所依据的版本 · For a change: the revision it was made from.
    revision: Option<i32>,
    /// 新建时：疑似重复也照建 · For a new one: make it even when it may stand there already.
    #[serde(default)]
    even_so: bool,
    /// 各栏内容；修改时只送要改的栏 · Values by column; a change sends only those that change.
    values: BTreeMap<String, String>,
}

impl Written {
    fn cells(&self) -> Vec<(String, String)> {
        self.values.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    }
}

/// 新建的编号 · What was made.
#[derive(Debug, Serialize, ToSchema)]
struct EntryMade {
    /// 编号 · Id.
    id: String,
}

/// The list that a path names.
fn list_of(text: &str) -> Result<ListKind, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// 名录 · Entries of a list
#[utoipa::path(get, path = "/directory/{list}", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path, description = "people / organisations"), Which, Cursor), responses((status = 200, body = Listed<EntryJson>)))]
async fn entries(
    State(app): State<App>,
    asker: Asker,
    Path(list): Path<String>,
    Query(which): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<EntryJson>>> {
    async fn read<T: Entry>(app: &App, asker: &Asker, which: Which, cursor: &Cursor) -> Answer<Listed<EntryJson>> {
        let limit = cursor.limit();
        let after = cursor.after()?.map(|key| key.parse::<EntryId>().map_err(|_| gone())).transpose()?;
        let rows = directory::list_after::<T>(&app.ctx, &asker.actor, &which.asked(), after, limit + 1).await?;
        Ok(Listed::of(rows, limit, |r: &directory::Listed<T>| r.id.to_string(), EntryJson::from))
    }
    Ok(Json(match list_of(&list)? {
        ListKind::People => read::<Person>(&app, &asker, which, &cursor).await?,
        ListKind::Organisations => read::<Organisation>(&app, &asker, which, &cursor).await?,
    }))
}

/// 新建 · Make an entry
#[utoipa::path(post, path = "/directory/{list}", tag = "名录 Directory", security(("token" = [])), request_body = Written,
    params(("list" = String, Path, description = "people / organisations")), responses((status = 201, body = EntryMade)))]
async fn create(
    State(app): State<App>,
    asker: Asker,
    Path(list): Path<String>,
    Json(written): Json<Written>,
) -> Answer<(StatusCode, Json<EntryMade>)> {
    let (ctx, actor, cells) = (&app.ctx, &asker.actor, written.cells());
    let id = match list_of(&list)? {
        ListKind::People => directory::create::<Person>(ctx, actor, &cells, written.even_so).await?,
        ListKind::Organisations => directory::create::<Organisation>(ctx, actor, &cells, written.even_so).await?,
    };
    Ok((StatusCode::CREATED, Json(EntryMade { id: id.to_string() })))
}

async fn read(app: &App, asker: &Asker, list: ListKind, id: EntryId) -> Answer<EntryJson> {
    Ok(match list {
        ListKind::People => directory::load::<Person>(&app.ctx, &asker.actor, id).await?.listed.into(),
        ListKind::Organisations => directory::load::<Organisation>(&app.ctx, &asker.actor, id).await?.listed.into(),
    })
}

/// 一条的内容 · One entry
#[utoipa::path(get, path = "/directory/{list}/{id}", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = EntryJson)))]
async fn entry(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
) -> Answer<Json<EntryJson>> {
    Ok(Json(read(&app, &asker, list_of(&list)?, id_of(&id)?).await?))
}

/// 修改 · Change an entry
#[utoipa::path(patch, path = "/directory/{list}/{id}", tag = "名录 Directory", security(("token" = [])), request_body = Written,
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = EntryJson)))]
async fn change(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
    Json(written): Json<Written>,
) -> Answer<Json<EntryJson>> {
    let (list, id) = (list_of(&list)?, id_of(&id)?);
    let (ctx, actor, cells) = (&app.ctx, &asker.actor, written.cells());
    let revision = written.revision.unwrap_or(0);
    match list {
        ListKind::People => directory::edit::<Person>(ctx, actor, id, revision, &cells).await?,
        ListKind::Organisations => directory::edit::<Organisation>(ctx, actor, id, revision, &cells).await?,
    };
    Ok(Json(read(&app, &asker, list, id).await?))
}

/// The revision that somebody saw.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Seen {
    /// 所依据的版本 · The revision that was seen.
    revision: i32,
}

/// 作废 · Take an entry out of the list
#[utoipa::path(delete, path = "/directory/{list}/{id}", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path), Seen), responses((status = 204)))]
async fn void(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
    Query(seen): Query<Seen>,
) -> Answer<StatusCode> {
    let (ctx, actor, id) = (&app.ctx, &asker.actor, id_of(&id)?);
    match list_of(&list)? {
        ListKind::People => directory::void::<Person>(ctx, actor, id, seen.revision).await?,
        ListKind::Organisations => directory::void::<Organisation>(ctx, actor, id, seen.revision).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// 恢复 · Put a voided entry back
#[utoipa::path(post, path = "/directory/{list}/{id}/restore", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path), Seen), responses((status = 200, body = EntryJson)))]
async fn restore(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
    Query(seen): Query<Seen>,
) -> Answer<Json<EntryJson>> {
    let (ctx, actor, list, id) = (&app.ctx, &asker.actor, list_of(&list)?, id_of(&id)?);
    match list {
        ListKind::People => directory::restore::<Person>(ctx, actor, id, seen.revision).await?,
        ListKind::Organisations => directory::restore::<Organisation>(ctx, actor, id, seen.revision).await?,
    }
    Ok(Json(read(&app, &asker, list, id).await?))
}

/// 合并 · Two entries that mean the same.
#[derive(Debug, Deserialize, ToSchema)]
struct Merging {
    /// 所依据的版本 · The revision of the one that stays.
    revision: i32,
    /// 并入的另一条 · The one that goes into it.
    other: String,
    /// 另一条的版本 · Its revision.
    other_revision: i32,
}

/// 合并重复的两条 · Merge another entry into this one
#[utoipa::path(post, path = "/directory/{list}/{id}/merge", tag = "名录 Directory", security(("token" = [])), request_body = Merging,
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = EntryJson)))]
async fn merge(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
    Json(merging): Json<Merging>,
) -> Answer<Json<EntryJson>> {
    let (ctx, actor, list, id) = (&app.ctx, &asker.actor, list_of(&list)?, id_of(&id)?);
    let other: (EntryId, i32) = (id_of(&merging.other)?, merging.other_revision);
    match list {
        ListKind::People => directory::merge::<Person>(ctx, actor, id, merging.revision, other).await?,
        ListKind::Organisations => directory::merge::<Organisation>(ctx, actor, id, merging.revision, other).await?,
    }
    Ok(Json(read(&app, &asker, list, id).await?))
}

/// 一次改动 · One change.
#[derive(Debug, Serialize, ToSchema)]
struct PastJson {
    /// 时间 · When.
    at: String,
    /// 何人 · Who.
    who: String,
    /// 做了什么 · What was done.
    act: String,
    /// 由哪次导入 · By which import.
    import: Option<String>,
    /// 改动的栏：原值、现值，联系方式隐去一部分 · Values before and after by column; contacts are masked.
    changes: BTreeMap<String, [String; 2]>,
}

fn past(found: Vec<directory::Past>) -> Vec<PastJson> {
    let told = |p: directory::Past| PastJson {
        at: p.at.iso(),
        who: p.who,
        act: p.act.code().to_owned(),
        import: p.import.map(|i| i.to_string()),
        changes: p.differences.into_iter().map(|d| (d.column.key.to_owned(), [d.before, d.after])).collect(),
    };
    found.into_iter().map(told).collect()
}

/// 历史 · What happened to an entry
#[utoipa::path(get, path = "/directory/{list}/{id}/history", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = Vec<PastJson>)))]
async fn history(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
) -> Answer<Json<Vec<PastJson>>> {
    let (ctx, actor, id) = (&app.ctx, &asker.actor, id_of(&id)?);
    Ok(Json(match list_of(&list)? {
        ListKind::People => past(directory::history::<Person>(ctx, actor, id).await?),
        ListKind::Organisations => past(directory::history::<Organisation>(ctx, actor, id).await?),
    }))
}

/// 完整联系方式（记入操作日志） · Contacts in clear; the look is logged
#[utoipa::path(post, path = "/directory/{list}/{id}/contacts", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = BTreeMap<String, String>)))]
async fn contacts(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
) -> Answer<Json<BTreeMap<String, String>>> {
    let (ctx, actor, id) = (&app.ctx, &asker.actor, id_of(&id)?);
    let mut values = match list_of(&list)? {
        ListKind::People => map(&directory::reveal::<Person>(ctx, actor, id).await?),
        ListKind::Organisations => map(&directory::reveal::<Organisation>(ctx, actor, id).await?),
    };
    values.retain(|key, _| Person::column(key).or(Organisation::column(key)).is_some_and(|c| c.private()));
    Ok(Json(values))
}

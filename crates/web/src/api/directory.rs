//! `/api/v1` of the directory: lists, entries, links. Imports are `imports`. Values travel as texts under the keys of the columns.

mod imports;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::directory::{self, Asked};
use keqiao_base::{EntryId, Refusal, RelationId};
use keqiao_directory::{Entry, ListKind, Organisation, Person, RelationKind};
use keqiao_sheet::Record;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(entries, create))
        .routes(routes!(entry, change, void))
        .routes(routes!(contacts))
        .routes(routes!(links, link))
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

fn id_of<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
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
        let unknown = |_| {
            let (zh, en) =
                ("游标无法识别，请从第一段重新读。", "The cursor is not known. Read from the first piece again.");
            Refusal::field("cursor", "cursor", zh, en)
        };
        let after = cursor.after()?.map(|key| key.parse::<EntryId>().map_err(unknown)).transpose()?;
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

/// 关系 · A link.
#[derive(Debug, Serialize, ToSchema)]
struct LinkJson {
    /// 编号 · Id.
    id: String,
    /// 种类 · member_of, employed_by, leads, stationed_at, hosts or supervises.
    kind: String,
    /// 是否从本条指向对方 · Whether it leads from this entry to the other.
    forward: bool,
    /// 对方 · The other end.
    other: String,
    /// 对方所在名录 · The list of the other end.
    list: String,
    /// 对方名称 · Its name.
    name: String,
    /// 起 · Since.
    since: String,
    /// 止 · Until.
    until: String,
}

/// 新的关系 · A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
struct NewLink {
    /// 种类 · Kind.
    kind: String,
    /// 对方机构的编号 · The organisation at the other end.
    to: String,
    /// 起 · Since.
    #[serde(default)]
    since: String,
    /// 止 · Until.
    #[serde(default)]
    until: String,
}

/// 一条的关系 · Links of an entry
#[utoipa::path(get, path = "/directory/{list}/{id}/links", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 200, body = Vec<LinkJson>)))]
async fn links(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
) -> Answer<Json<Vec<LinkJson>>> {
    let (ctx, actor, id) = (&app.ctx, &asker.actor, id_of(&id)?);
    let found = match list_of(&list)? {
        ListKind::People => directory::links::<Person>(ctx, actor, id).await?,
        ListKind::Organisations => directory::links::<Organisation>(ctx, actor, id).await?,
    };
    let shown = found.into_iter().map(|l| LinkJson {
        id: l.link.id.to_string(),
        kind: l.link.kind.code().to_owned(),
        forward: l.forward,
        other: l.other.id.to_string(),
        list: l.other.list.code().to_owned(),
        name: l.other.name,
        since: l.link.since,
        until: l.link.until,
    });
    Ok(Json(shown.collect()))
}

/// 登记关系 · Link an entry to an organisation
#[utoipa::path(post, path = "/directory/{list}/{id}/links", tag = "名录 Directory", security(("token" = [])), request_body = NewLink,
    params(("list" = String, Path), ("id" = String, Path)), responses((status = 201, body = EntryMade)))]
async fn link(
    State(app): State<App>,
    asker: Asker,
    Path((list, id)): Path<(String, String)>,
    Json(new): Json<NewLink>,
) -> Answer<(StatusCode, Json<EntryMade>)> {
    let (ctx, actor, list, from) = (&app.ctx, &asker.actor, list_of(&list)?, id_of(&id)?);
    read(&app, &asker, list, from).await?;
    let wrong =
        |field| move |()| Refusal::field("directory.link", field, "无法识别，请核对。", "Not known; please check.");
    let kind: RelationKind = new.kind.parse().map_err(|_| ()).map_err(wrong("kind"))?;
    let to: EntryId = new.to.parse().map_err(|_| ()).map_err(wrong("to"))?;
    let days = (new.since.as_str(), new.until.as_str());
    let made: RelationId = match list {
        ListKind::People => directory::link::<Person>(ctx, actor, from, kind, to, days).await?,
        ListKind::Organisations => directory::link::<Organisation>(ctx, actor, from, kind, to, days).await?,
    };
    Ok((StatusCode::CREATED, Json(EntryMade { id: made.to_string() })))
}

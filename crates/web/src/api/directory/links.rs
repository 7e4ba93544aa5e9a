//! Links between entries for programs.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use keqiao_app::directory;
use keqiao_base::{EntryId, Refusal, RelationId};
use keqiao_directory::{ListKind, Organisation, Person, RelationKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{EntryMade, list_of, read};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::id_of;
use crate::state::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(links, link)).routes(routes!(unlink))
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

/// 解除关系 · Take a link away
#[utoipa::path(delete, path = "/directory/{list}/{id}/links/{link}", tag = "名录 Directory", security(("token" = [])),
    params(("list" = String, Path), ("id" = String, Path), ("link" = String, Path)), responses((status = 204)))]
async fn unlink(
    State(app): State<App>,
    asker: Asker,
    Path((list, id, link)): Path<(String, String, String)>,
) -> Answer<StatusCode> {
    let (ctx, actor, id) = (&app.ctx, &asker.actor, id_of(&id)?);
    match list_of(&list)? {
        ListKind::People => directory::unlink::<Person>(ctx, actor, id, id_of(&link)?).await?,
        ListKind::Organisations => directory::unlink::<Organisation>(ctx, actor, id, id_of(&link)?).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

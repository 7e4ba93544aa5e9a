//! `/api/v1` of performance: what its pages do, for programs.

mod evaluations;
mod shape;
mod tasks;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::performance;
use keqiao_base::{Refusal, TargetId};
use keqiao_store::performance::target::{TargetFilter, TargetRow, TargetState};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::{month_of, region_of, year_of};
use crate::state::App;
use shape::{MonitoringJson, StandingJson, TargetJson, TargetWhole};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(targets))
        .routes(routes!(target))
        .routes(routes!(figures, freeze))
        .routes(routes!(submit))
        .routes(routes!(review))
        .routes(routes!(change))
        .routes(routes!(monitoring))
        .merge(evaluations::routes())
        .merge(tasks::routes())
}

/// The last key of the piece before, as an id.
fn after<T: std::str::FromStr>(cursor: &Cursor) -> Result<Option<T>, Refusal> {
    let unknown = |_| {
        let (zh, en) =
            ("游标无法识别，请从第一段重新读。", "The cursor is not known. Read from the first piece again.");
        Refusal::field("cursor", "cursor", zh, en)
    };
    cursor.after()?.map(|key| key.parse::<T>().map_err(unknown)).transpose()
}

/// Which targets.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 年度 · Year.
    year: Option<i32>,
    /// 状态 · draft, submitted, returned or approved.
    #[param(value_type = Option<String>, pattern = "^(draft|submitted|returned|approved)$")]
    state: Option<TargetState>,
}

/// 绩效目标清单 · Targets
#[utoipa::path(get, path = "/performance/targets", tag = "绩效 Performance", params(Which, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<TargetJson>)))]
async fn targets(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<Which>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<TargetJson>>> {
    let limit = cursor.limit();
    let filter = TargetFilter { year: which.year, state: which.state, ..TargetFilter::default() };
    let rows = performance::targets_after(&app.ctx, &asker.actor, &filter, after(&cursor)?, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |r: &TargetRow| r.id.to_string(), TargetJson::from)))
}

/// Which version.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Version {
    /// 版本；不填为最新 · Version; the newest when absent.
    version: Option<i32>,
}

/// 一份绩效目标 · One target
#[utoipa::path(get, path = "/performance/targets/{id}", tag = "绩效 Performance", params(("id" = String, Path), Version),
    security(("token" = [])), responses((status = 200, body = TargetWhole)))]
async fn target(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Query(v): Query<Version>,
) -> Answer<Json<TargetWhole>> {
    Ok(Json(performance::version(&app.ctx, &asker.actor, id, v.version).await?.into()))
}

/// 各项指标固定的数与现在的数 · Frozen figures and what their measures give now
#[utoipa::path(get, path = "/performance/targets/{id}/figures", tag = "绩效 Performance", params(("id" = String, Path)),
    security(("token" = [])), responses((status = 200, body = Vec<StandingJson>)))]
async fn figures(State(app): State<App>, asker: Asker, Path(id): Path<TargetId>) -> Answer<Json<Vec<StandingJson>>> {
    let standing = performance::standing(&app.ctx, &asker.actor, id).await?;
    Ok(Json(standing.into_iter().map(StandingJson::from).collect()))
}

/// As of which month.
#[derive(Debug, Deserialize, ToSchema)]
struct Month {
    /// 1–12
    #[schema(minimum = 1, maximum = 12)]
    month: u8,
}

/// How many.
#[derive(Debug, Serialize, ToSchema)]
struct Frozen {
    /// 固定了几项 · How many figures were frozen.
    frozen: usize,
}

/// 取数并固定 · Compute and freeze the figures of a target
#[utoipa::path(post, path = "/performance/targets/{id}/figures", tag = "绩效 Performance", params(("id" = String, Path)),
    request_body = Month, security(("token" = [])), responses((status = 200, body = Frozen)))]
async fn freeze(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Json(sent): Json<Month>,
) -> Answer<Json<Frozen>> {
    Ok(Json(Frozen { frozen: performance::freeze(&app.ctx, &asker.actor, id, month_of(sent.month)?).await? }))
}

/// What a step is made from.
#[derive(Debug, Deserialize, ToSchema)]
struct Step {
    /// 修订号 · The revision that it was made from.
    revision: i32,
}

/// 提交审核 · Submit a target for review
#[utoipa::path(post, path = "/performance/targets/{id}/submit", tag = "绩效 Performance", params(("id" = String, Path)),
    request_body = Step, security(("token" = [])), responses((status = 200, body = TargetWhole)))]
async fn submit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Json(sent): Json<Step>,
) -> Answer<Json<TargetWhole>> {
    performance::submit(&app.ctx, &asker.actor, id, sent.revision).await?;
    Ok(Json(performance::version(&app.ctx, &asker.actor, id, None).await?.into()))
}

/// A review.
#[derive(Debug, Deserialize, ToSchema)]
struct Review {
    /// 修订号 · The revision that it was made from.
    revision: i32,
    /// 批复或退回 · Approve it, or return it.
    #[serde(default)]
    approve: bool,
    /// 审核意见，退回时必填 · What is said to it; needed to return it.
    #[serde(default)]
    #[schema(max_length = 4000)]
    words: String,
}

/// 批复或退回 · Approve a target, or return it
#[utoipa::path(post, path = "/performance/targets/{id}/review", tag = "绩效 Performance", params(("id" = String, Path)),
    request_body = Review, security(("token" = [])), responses((status = 200, body = TargetWhole)))]
async fn review(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Json(sent): Json<Review>,
) -> Answer<Json<TargetWhole>> {
    performance::review(&app.ctx, &asker.actor, id, sent.revision, sent.approve, &sent.words).await?;
    Ok(Json(performance::version(&app.ctx, &asker.actor, id, None).await?.into()))
}

/// Why a target changes.
#[derive(Debug, Deserialize, ToSchema)]
struct Change {
    /// 修订号 · The revision that it was made from.
    revision: i32,
    /// 调整理由 · Why.
    #[schema(max_length = 4000)]
    reason: String,
}

/// 起草新版本 · Begin the next version of an approved target
#[utoipa::path(post, path = "/performance/targets/{id}/versions", tag = "绩效 Performance", params(("id" = String, Path)),
    request_body = Change, security(("token" = [])), responses((status = 201, body = TargetWhole)))]
async fn change(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
    Json(sent): Json<Change>,
) -> Answer<(StatusCode, Json<TargetWhole>)> {
    performance::change(&app.ctx, &asker.actor, id, sent.revision, &sent.reason).await?;
    let shown = performance::version(&app.ctx, &asker.actor, id, None).await?;
    Ok((StatusCode::CREATED, Json(shown.into())))
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Period {
    /// 科协所在地区 · Region of the association.
    #[param(pattern = "^[1-9][0-9]{5}$")]
    region: String,
    /// 年度 · Year.
    #[param(minimum = 2000, maximum = 2100)]
    year: i32,
    /// 截至月份 · Up to this month.
    #[param(minimum = 1, maximum = 12)]
    month: u8,
}

/// 运行监控：进度灯和全年预测 · Monitoring: lights and forecasts
#[utoipa::path(get, path = "/performance/monitoring", tag = "绩效 Performance", params(Period), security(("token" = [])),
    responses((status = 200, body = MonitoringJson)))]
async fn monitoring(
    State(app): State<App>,
    asker: Asker,
    Query(period): Query<Period>,
) -> Answer<Json<MonitoringJson>> {
    let (region, year, month) = (region_of(&period.region)?, year_of(period.year)?, month_of(period.month)?);
    Ok(Json(performance::monitoring(&app.ctx, &asker.actor, region, year, month, true).await?.into()))
}

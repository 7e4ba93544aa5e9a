//! Evaluations for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::performance::evaluation;
use keqiao_base::{EvaluationId, TargetId};
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
use keqiao_store::performance::evaluation::{EvaluationFilter, EvaluationRecord};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{EvaluationJson, EvaluationRowJson};
use super::{Step, after};
use crate::api::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(evaluations))
        .routes(routes!(one))
        .routes(routes!(begin))
        .routes(routes!(submit))
}

/// Which evaluations.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichEvaluations {
    /// 年度 · Year.
    year: Option<i32>,
    /// 种类 · self, department or independent.
    #[param(value_type = Option<String>, pattern = "^(self|department|independent)$")]
    kind: Option<EvaluationKind>,
    /// 状态 · draft or submitted.
    #[param(value_type = Option<String>, pattern = "^(draft|submitted)$")]
    state: Option<EvaluationState>,
}

/// 评价清单 · Evaluations
#[utoipa::path(get, path = "/performance/evaluations", tag = "绩效 Performance", params(WhichEvaluations, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<EvaluationJson>)))]
async fn evaluations(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<WhichEvaluations>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<EvaluationJson>>> {
    let limit = cursor.limit();
    let filter =
        EvaluationFilter { year: which.year, kind: which.kind, state: which.state, ..EvaluationFilter::default() };
    let rows = evaluation::after(&app.ctx, &asker.actor, &filter, after(&cursor)?, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |r: &EvaluationRecord| r.id.to_string(), EvaluationJson::from)))
}

/// An evaluation with its rows.
#[derive(Debug, Serialize, ToSchema)]
struct EvaluationWhole {
    #[serde(flatten)]
    evaluation: EvaluationJson,
    rows: Vec<EvaluationRowJson>,
    /// 提交前须改正的问题代码 · Codes of what stands in the way of submitting it.
    objections: Vec<String>,
}

impl From<evaluation::EvaluationShown> for EvaluationWhole {
    fn from(e: evaluation::EvaluationShown) -> Self {
        EvaluationWhole {
            rows: e.rows.into_iter().map(|r| r.row.into()).collect(),
            objections: e.objections.iter().map(|o| o.code.to_owned()).collect(),
            evaluation: e.record.into(),
        }
    }
}

/// 一份评价 · One evaluation
#[utoipa::path(get, path = "/performance/evaluations/{id}", tag = "绩效 Performance", params(("id" = String, Path)),
    security(("token" = [])), responses((status = 200, body = EvaluationWhole)))]
async fn one(State(app): State<App>, asker: Asker, Path(id): Path<EvaluationId>) -> Answer<Json<EvaluationWhole>> {
    Ok(Json(evaluation::evaluation(&app.ctx, &asker.actor, id).await?.into()))
}

/// 开始自评 · Begin the self-evaluation of a target
#[utoipa::path(post, path = "/performance/targets/{id}/evaluation", tag = "绩效 Performance", params(("id" = String, Path)),
    security(("token" = [])), responses((status = 201, body = EvaluationWhole)))]
async fn begin(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<TargetId>,
) -> Answer<(StatusCode, Json<EvaluationWhole>)> {
    let made = evaluation::begin_self(&app.ctx, &asker.actor, id).await?;
    Ok((StatusCode::CREATED, Json(evaluation::evaluation(&app.ctx, &asker.actor, made).await?.into())))
}

/// 提交评价 · Submit an evaluation
#[utoipa::path(post, path = "/performance/evaluations/{id}/submit", tag = "绩效 Performance", params(("id" = String, Path)),
    request_body = Step, security(("token" = [])), responses((status = 200, body = EvaluationWhole)))]
async fn submit(
    State(app): State<App>,
    asker: Asker,
    Path(id): Path<EvaluationId>,
    Json(sent): Json<Step>,
) -> Answer<Json<EvaluationWhole>> {
    evaluation::submit(&app.ctx, &asker.actor, id, sent.revision).await?;
    Ok(Json(evaluation::evaluation(&app.ctx, &asker.actor, id).await?.into()))
}

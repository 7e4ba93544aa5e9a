//! Tasks for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use keqiao_app::performance;
use keqiao_base::TaskId;
use keqiao_store::performance::task::{Task, TaskFilter, TaskState};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::after;
use super::shape::TaskJson;
use crate::api::{Cursor, Listed};
use crate::asker::Asker;
use crate::failure::Answer;
use crate::state::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(tasks)).routes(routes!(task)).routes(routes!(tally))
}

/// Which tasks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichTasks {
    /// 年度 · Year.
    year: Option<i32>,
    /// 状态 · open, done or confirmed.
    #[param(value_type = Option<String>, pattern = "^(open|done|confirmed)$")]
    state: Option<TaskState>,
}

impl WhichTasks {
    fn filter(&self) -> TaskFilter {
        TaskFilter { year: self.year, state: self.state, ..TaskFilter::default() }
    }
}

/// 整改任务清单 · Tasks
#[utoipa::path(get, path = "/performance/tasks", tag = "绩效 Performance", params(WhichTasks, Cursor), security(("token" = [])),
    responses((status = 200, body = Listed<TaskJson>)))]
async fn tasks(
    State(app): State<App>,
    asker: Asker,
    Query(which): Query<WhichTasks>,
    Query(cursor): Query<Cursor>,
) -> Answer<Json<Listed<TaskJson>>> {
    let limit = cursor.limit();
    let rows = performance::tasks_after(&app.ctx, &asker.actor, &which.filter(), after(&cursor)?, limit + 1).await?;
    Ok(Json(Listed::of(rows, limit, |r: &Task| r.id.to_string(), TaskJson::from)))
}

/// 一项整改任务 · One task
#[utoipa::path(get, path = "/performance/tasks/{id}", tag = "绩效 Performance", params(("id" = String, Path)),
    security(("token" = [])), responses((status = 200, body = TaskJson)))]
async fn task(State(app): State<App>, asker: Asker, Path(id): Path<TaskId>) -> Answer<Json<TaskJson>> {
    Ok(Json(performance::task(&app.ctx, &asker.actor, id).await?.into()))
}

/// How many problems were found, and how far they are: found = settled + open.
#[derive(Debug, Serialize, ToSchema)]
struct TallyJson {
    found: u64,
    settled: u64,
    open: u64,
    overdue: u64,
}

/// 整改统计（发现问题 = 已整改 + 正在整改） · The count for disclosure
#[utoipa::path(get, path = "/performance/tally", tag = "绩效 Performance", params(WhichTasks), security(("token" = [])),
    responses((status = 200, body = TallyJson)))]
async fn tally(State(app): State<App>, asker: Asker, Query(which): Query<WhichTasks>) -> Answer<Json<TallyJson>> {
    let t = performance::tally(&app.ctx, &asker.actor, &which.filter()).await?;
    Ok(Json(TallyJson { found: t.found, settled: t.settled, open: t.open, overdue: t.overdue }))
}

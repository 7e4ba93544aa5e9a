//! Background jobs for programs: what waits, runs, failed; trying again, calling off.

use std::num::NonZeroU16;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use keqiao_app::jobs::{Job, State as JobState, queue};
use keqiao_store::PageRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asker::Asker;
use crate::failure::Answer;
use crate::key::id_of;
use crate::state::App;

/// The operations of this area.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(jobs)).routes(routes!(retry)).routes(routes!(cancel))
}

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// 状态 · queued, running, done, failed or cancelled.
    #[param(value_type = Option<String>, pattern = "^(queued|running|done|failed|cancelled)$")]
    state: Option<JobState>,
    /// 第几页 · Page, from 1.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 65_535)]
    page: Option<NonZeroU16>,
}

/// 后台任务 · A job.
#[derive(Debug, Serialize, ToSchema)]
struct JobJson {
    /// 编号 · Id.
    id: String,
    /// 种类 · Kind.
    kind: String,
    /// 状态 · queued, running, done, failed or cancelled.
    state: &'static str,
    /// 开始过几次 · How often it was begun.
    attempts: i32,
    /// 千分之几 · Thousandths done.
    progress: i32,
    /// 上次失败的原因 · Why the last attempt failed.
    error: Option<String>,
    /// 排队时间 · When it was asked for.
    created_at: String,
    /// 结束时间 · When it ended.
    finished_at: Option<String>,
}

impl From<Job> for JobJson {
    fn from(job: Job) -> Self {
        JobJson {
            id: job.id.to_string(),
            kind: job.kind,
            state: job.state.code(),
            attempts: job.attempts,
            progress: job.progress,
            error: job.error,
            created_at: job.created_at.iso(),
            finished_at: job.finished_at.map(|at| at.iso()),
        }
    }
}

/// 后台任务，最近的在前 · Jobs, newest first
#[utoipa::path(get, path = "/jobs", tag = "后台任务 · Jobs", params(Which), security(("token" = [])), responses((status = 200, body = Vec<JobJson>)))]
async fn jobs(State(app): State<App>, asker: Asker, Query(which): Query<Which>) -> Answer<Json<Vec<JobJson>>> {
    let request = PageRequest::new(which.page.map_or(1, |page| page.get().into()), PageRequest::SIZE);
    let page = queue::list(&app.ctx, &asker.actor, which.state, request).await?;
    Ok(Json(page.rows.into_iter().map(Into::into).collect()))
}

/// 重新排队 · Try a failed job again
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "后台任务 · Jobs", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn retry(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer<StatusCode> {
    queue::retry(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 取消 · Call off a job that waits
#[utoipa::path(post, path = "/jobs/{id}/cancel", tag = "后台任务 · Jobs", params(("id" = String, Path)), security(("token" = [])), responses((status = 204)))]
async fn cancel(State(app): State<App>, asker: Asker, Path(key): Path<String>) -> Answer<StatusCode> {
    queue::cancel(&app.ctx, &asker.actor, id_of(&key)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

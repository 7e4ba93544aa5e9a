//! The queue of background work: saved with the change that needs it, claimed under a lease, tried again with growing pauses.

use keqiao_base::{JobId, Moment};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::job::{ActiveModel, Column, Entity};
pub use crate::entity::job::{Model, State};
use crate::page::{Page, PageRequest};

/// Attempts before a job is given up.
pub const ATTEMPTS_MAX: i32 = 5;
/// How long who works on a job may be silent, seconds.
pub const LEASE_SECONDS: i64 = 60;

/// Puts a job into the queue, in the transaction that needs it.
///
/// # Errors
/// When the database does not answer.
pub async fn put(db: &impl ConnectionTrait, id: JobId, kind: &str, payload: String, now: Moment) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        state: Set(State::Queued),
        attempts: Set(0),
        run_at: Set(now),
        lease_until: Set(None),
        progress: Set(0),
        error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Claims the job that waits longest, if any; call it in a write transaction. Jobs whose lease ran out are claimed again.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(db: &impl ConnectionTrait, now: Moment) -> Result<Option<Model>, DbErr> {
    let waits = Condition::all().add(Column::State.eq(State::Queued)).add(Column::RunAt.lte(now));
    let orphaned = Condition::all().add(Column::State.eq(State::Running)).add(Column::LeaseUntil.lt(now));
    let found = Entity::find()
        .filter(Condition::any().add(waits).add(orphaned))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await?;
    let Some(job) = found else { return Ok(None) };
    let attempts = job.attempts + 1;
    let mut row: ActiveModel = job.into();
    row.state = Set(State::Running);
    row.attempts = Set(attempts);
    row.lease_until = Set(Some(now.plus_seconds(LEASE_SECONDS)));
    Ok(Some(row.update(db).await?))
}

/// Says that the work goes on: renews the lease and tells how far it is. `false` when the job is no longer ours.
///
/// # Errors
/// When the database does not answer.
pub async fn renew(db: &impl ConnectionTrait, job: &Model, progress: i32, now: Moment) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(now.plus_seconds(LEASE_SECONDS)))
        .col_expr(Column::Progress, Expr::value(progress.clamp(0, 1000)))
        .filter(mine(job))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// The job is done. `false` when it is no longer ours.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(db: &impl ConnectionTrait, job: &Model, now: Moment) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Done))
        .col_expr(Column::Progress, Expr::value(1000))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::LeaseUntil, Expr::value(Option::<Moment>::None))
        .filter(mine(job))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// The attempt failed: the job waits (10 s, 20 s, 40 s …) or, after the last attempt, stands as failed. Returns where it stands.
///
/// # Errors
/// When the database does not answer.
pub async fn fail(db: &impl ConnectionTrait, job: &Model, error: &str, now: Moment) -> Result<State, DbErr> {
    let last = job.attempts >= ATTEMPTS_MAX;
    let state = if last { State::Failed } else { State::Queued };
    let pause = 10_i64 << job.attempts.clamp(1, 12).saturating_sub(1);
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Error, Expr::value(error.chars().take(2000).collect::<String>()))
        .col_expr(Column::RunAt, Expr::value(now.plus_seconds(pause)))
        .col_expr(Column::FinishedAt, Expr::value(last.then_some(now)))
        .col_expr(Column::LeaseUntil, Expr::value(Option::<Moment>::None))
        .filter(mine(job))
        .exec(db)
        .await?;
    Ok(state)
}

/// This job, in this attempt.
fn mine(job: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(job.id))
        .add(Column::State.eq(State::Running))
        .add(Column::Attempts.eq(job.attempts))
}

/// One job.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: JobId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Begins a failed or cancelled job anew. `false` when it is neither.
///
/// # Errors
/// When the database does not answer.
pub async fn retry(db: &impl ConnectionTrait, id: JobId, now: Moment) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Queued))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Moment>::None))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([State::Failed, State::Cancelled]))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Calls off a job that nobody has begun. `false` when it was begun.
///
/// # Errors
/// When the database does not answer.
pub async fn cancel(db: &impl ConnectionTrait, id: JobId, now: Moment) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Cancelled))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Queued))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Jobs, newest first; of one state when asked.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &impl ConnectionTrait, state: Option<State>, request: PageRequest) -> Result<Page<Model>, DbErr> {
    let mut query = Entity::find();
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state));
    }
    let total = query.clone().count(db).await?;
    let rows = query.order_by_desc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// How many jobs stand where.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, state: State) -> Result<u64, DbErr> {
    Entity::find().filter(Column::State.eq(state)).count(db).await
}

/// Forgets jobs done before `moment`; failed ones stay.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::State.eq(State::Done)).filter(Column::FinishedAt.lt(moment)).exec(db).await?;
    Ok(())
}

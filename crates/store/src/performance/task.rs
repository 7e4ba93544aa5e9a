//! Tasks.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, EvaluationId, TaskId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::task::{Column, Entity};
use crate::page::{Page, PageRequest};

pub use crate::entity::task::Model as Task;
pub use keqiao_performance::task::{TaskKind, TaskState};

/// Which tasks are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Regions that may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// The year.
    pub year: Option<i32>,
    /// Where the problem was found.
    pub kind: Option<TaskKind>,
    /// How far it is.
    pub state: Option<TaskState>,
    /// Who is to do it.
    pub owner: Option<AccountId>,
    /// Which evaluation found it.
    pub evaluation: Option<EvaluationId>,
}

impl TaskFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(within(Column::Region, &self.regions))
            .add_option(self.year.map(|y| Column::Year.eq(y)))
            .add_option(self.kind.map(|k| Column::Kind.eq(k)))
            .add_option(self.state.map(|s| Column::State.eq(s)))
            .add_option(self.owner.map(|o| Column::OwnerId.eq(o)))
            .add_option(self.evaluation.map(|e| Column::EvaluationId.eq(e)))
    }
}

/// One page of tasks, those due first on top.
///
/// # Errors
/// When the database does not answer.
pub async fn page(db: &impl ConnectionTrait, filter: &TaskFilter, request: PageRequest) -> Result<Page<Task>, DbErr> {
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = query.order_by_asc(Column::DueDay).order_by_asc(Column::Id);
    Ok(Page { rows: query.offset(request.offset()).limit(request.size).all(db).await?, total, request })
}

/// Tasks after `after` in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &TaskFilter,
    after: Option<TaskId>,
    limit: u64,
) -> Result<Vec<Task>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// State and due day of every task asked for: to be counted.
///
/// # Errors
/// When the database does not answer.
pub async fn states(db: &impl ConnectionTrait, filter: &TaskFilter) -> Result<Vec<(TaskState, Day)>, DbErr> {
    let query = Entity::find().select_only().columns([Column::State, Column::DueDay]).filter(filter.condition());
    query.into_tuple().all(db).await
}

/// Tasks of a department's year that are not settled, and that no task of the next year goes on.
///
/// # Errors
/// When the database does not answer.
pub async fn unsettled(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<Task>, DbErr> {
    let carried = Entity::find().filter(Column::Region.eq(region)).filter(Column::CarriedFrom.is_not_null());
    let carried: Vec<TaskId> = carried.all(db).await?.into_iter().filter_map(|t| t.carried_from).collect();
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    let query = query.filter(Column::State.ne(TaskState::Confirmed)).order_by_asc(Column::Id);
    Ok(query.all(db).await?.into_iter().filter(|t| !carried.contains(&t.id)).collect())
}

/// One task.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: TaskId) -> Result<Option<Task>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new task.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, task: Task) -> Result<(), DbErr> {
    Entity::insert(task.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a task that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut task: Task, revision: i32) -> Result<bool, DbErr> {
    task.revision = revision.saturating_add(1);
    let id = task.id;
    let row = task.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

//! Evaluations and their rows.

use keqiao_access::RegionCode;
use keqiao_base::{EvaluationId, TargetId};
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::evaluation::{Column, Entity};
use crate::entity::evaluation_row;
use crate::page::{Page, PageRequest};

pub use crate::entity::evaluation::Model as EvaluationRecord;
pub use crate::entity::evaluation_row::Model as EvaluationRow;

/// Which evaluations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvaluationFilter {
    /// Regions that may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// The year.
    pub year: Option<i32>,
    /// Who evaluates.
    pub kind: Option<EvaluationKind>,
    /// How far it is.
    pub state: Option<EvaluationState>,
    /// Of which target.
    pub target: Option<TargetId>,
}

impl EvaluationFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(within(Column::Region, &self.regions))
            .add_option(self.year.map(|y| Column::Year.eq(y)))
            .add_option(self.kind.map(|k| Column::Kind.eq(k)))
            .add_option(self.state.map(|s| Column::State.eq(s)))
            .add_option(self.target.map(|t| Column::TargetId.eq(t)))
    }
}

/// One page of evaluations, newest year first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &EvaluationFilter,
    request: PageRequest,
) -> Result<Page<EvaluationRecord>, DbErr> {
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = query.order_by_desc(Column::Year).order_by_asc(Column::Name).order_by_asc(Column::Id);
    Ok(Page { rows: query.offset(request.offset()).limit(request.size).all(db).await?, total, request })
}

/// Evaluations after `after` in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &EvaluationFilter,
    after: Option<EvaluationId>,
    limit: u64,
) -> Result<Vec<EvaluationRecord>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// One evaluation.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: EvaluationId) -> Result<Option<EvaluationRecord>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The independent evaluations that stand beside one, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn beside(db: &impl ConnectionTrait, id: EvaluationId) -> Result<Vec<EvaluationRecord>, DbErr> {
    Entity::find().filter(Column::OfId.eq(id)).order_by_asc(Column::Id).limit(20).all(db).await
}

/// Saves a new evaluation with its rows.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    db: &impl ConnectionTrait,
    evaluation: EvaluationRecord,
    rows: Vec<EvaluationRow>,
) -> Result<(), DbErr> {
    Entity::insert(evaluation.into_active_model()).exec_without_returning(db).await?;
    insert_rows(db, rows).await
}

/// Saves an evaluation that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut evaluation: EvaluationRecord, revision: i32) -> Result<bool, DbErr> {
    evaluation.revision = revision.saturating_add(1);
    let id = evaluation.id;
    let row = evaluation.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

/// The rows of an evaluation, in the order of the form.
///
/// # Errors
/// When the database does not answer.
pub async fn rows(db: &impl ConnectionTrait, id: EvaluationId) -> Result<Vec<EvaluationRow>, DbErr> {
    use evaluation_row::Column as R;
    evaluation_row::Entity::find().filter(R::EvaluationId.eq(id)).order_by_asc(R::Position).all(db).await
}

/// Puts these rows in place of those of an evaluation.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_rows(db: &impl ConnectionTrait, id: EvaluationId, rows: Vec<EvaluationRow>) -> Result<(), DbErr> {
    let old = evaluation_row::Entity::delete_many().filter(evaluation_row::Column::EvaluationId.eq(id));
    old.exec(db).await?;
    insert_rows(db, rows).await
}

async fn insert_rows(db: &impl ConnectionTrait, rows: Vec<EvaluationRow>) -> Result<(), DbErr> {
    for chunk in rows.chunks(500) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        evaluation_row::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

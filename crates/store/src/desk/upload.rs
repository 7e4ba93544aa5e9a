//! Batches and files on their way in.

use keqiao_base::{BatchId, Moment, UploadId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::{batch, upload};

pub use crate::entity::batch::Model as Batch;
pub use crate::entity::upload::{Model as Upload, UploadState};

/// Saves a new batch.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_batch(db: &impl ConnectionTrait, row: Batch) -> Result<(), DbErr> {
    batch::Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// One batch.
///
/// # Errors
/// When the database does not answer.
pub async fn batch(db: &impl ConnectionTrait, id: BatchId) -> Result<Option<Batch>, DbErr> {
    batch::Entity::find_by_id(id).one(db).await
}

/// Files of a batch.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, id: BatchId) -> Result<u64, DbErr> {
    upload::Entity::find().filter(upload::Column::BatchId.eq(id)).count(db).await
}

/// The files of a batch in the order in which they were named.
///
/// # Errors
/// When the database does not answer.
pub async fn of_batch(db: &impl ConnectionTrait, id: BatchId) -> Result<Vec<Upload>, DbErr> {
    let query = upload::Entity::find().filter(upload::Column::BatchId.eq(id));
    query.order_by_asc(upload::Column::Id).limit(2_000).all(db).await
}

/// Saves a new upload.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, row: Upload) -> Result<(), DbErr> {
    upload::Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// One upload.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: UploadId) -> Result<Option<Upload>, DbErr> {
    upload::Entity::find_by_id(id).one(db).await
}

/// Saves a changed upload, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, row: Upload) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(db).await.map(drop)
}

/// Uploads begun before `moment` of which bytes are still missing, at most 1,000.
///
/// # Errors
/// When the database does not answer.
pub async fn left_lying(db: &impl ConnectionTrait, moment: Moment) -> Result<Vec<UploadId>, DbErr> {
    let query = upload::Entity::find().select_only().column(upload::Column::Id);
    let query = query.filter(upload::Column::State.eq(UploadState::Receiving));
    query.filter(upload::Column::CreatedAt.lt(moment)).limit(1_000).into_tuple().all(db).await
}

/// Forgets an upload.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(db: &impl ConnectionTrait, id: UploadId) -> Result<(), DbErr> {
    upload::Entity::delete_by_id(id).exec(db).await.map(drop)
}

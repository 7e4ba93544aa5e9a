//! Files that were sent and wait to be put into a record by whoever sent them.

use keqiao_base::{AccountId, Moment};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::evidence_upload::{Column, Entity};

pub use crate::entity::evidence_upload::Model as EvidenceUpload;

/// Notes a file, in place of the same one sent earlier.
///
/// # Errors
/// When the database does not answer.
pub async fn put(db: &impl ConnectionTrait, row: EvidenceUpload) -> Result<(), DbErr> {
    Entity::delete_by_id((row.account_id, row.hash.clone())).exec(db).await?;
    Entity::insert(row.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// The files with these hashes that somebody sent.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, account: AccountId, hashes: &[&str]) -> Result<Vec<EvidenceUpload>, DbErr> {
    let query = Entity::find().filter(Column::AccountId.eq(account));
    query.filter(Column::Hash.is_in(hashes.iter().copied())).all(db).await
}

/// Forgets what was sent before `moment`.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lt(moment)).exec(db).await.map(drop)
}

//! The steps of identities.

use keqiao_base::AccountId;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

pub use crate::entity::identity_step::Model;
use crate::entity::identity_step::{ActiveModel, Column, Entity};

/// Saves a step.
///
/// # Errors
/// When the database does not answer.
pub async fn save_new(db: &impl ConnectionTrait, step: Model) -> Result<(), DbErr> {
    Entity::insert(ActiveModel::from(step).reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The steps of an account, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Number).all(db).await
}

/// Another account that was verified with the same number, if any.
///
/// # Errors
/// When the database does not answer.
pub async fn load_other_by_number(
    db: &impl ConnectionTrait,
    hash: &str,
    but: AccountId,
) -> Result<Option<AccountId>, DbErr> {
    let found = Entity::find().filter(Column::NumberHash.eq(hash)).filter(Column::AccountId.ne(but)).one(db).await?;
    Ok(found.map(|step| step.account_id))
}

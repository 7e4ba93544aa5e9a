//! Counting failed sign-ins, by login and by network address.

use keqiao_base::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

pub use crate::entity::sign_in_failure::Model;
use crate::entity::sign_in_failure::{ActiveModel, Column, Entity};

/// The count of a key.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(key.to_owned()).one(db).await
}

/// Sets the count of a key.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, count: Model) -> Result<(), DbErr> {
    let row = ActiveModel {
        key: Set(count.key),
        failures: Set(count.failures),
        locked_until: Set(count.locked_until),
        at: Set(count.at),
    };
    let replace =
        OnConflict::column(Column::Key).update_columns([Column::Failures, Column::LockedUntil, Column::At]).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets the count of a key. `true` when there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn clear(db: &impl ConnectionTrait, key: &str) -> Result<bool, DbErr> {
    Ok(Entity::delete_by_id(key.to_owned()).exec(db).await?.rows_affected > 0)
}

/// Forgets counts whose last failure was before `moment`.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lt(moment)).exec(db).await?;
    Ok(())
}

//! Remembered answers to writes.

use keqiao_base::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::entity::idempotency::{ActiveModel, Column, Entity, Model};

/// Takes a key for a write. `Ok(None)`: it is ours now; `Ok(Some(_))`: it was taken before.
///
/// # Errors
/// When the database does not answer.
pub async fn take(db: &impl ConnectionTrait, key: &str, request: &str, at: Moment) -> Result<Option<Model>, DbErr> {
    let row = ActiveModel {
        key: Set(key.to_owned()),
        request: Set(request.to_owned()),
        status: Set(0),
        body: Set(String::new()),
        at: Set(at),
    };
    let skip = OnConflict::column(Column::Key).do_nothing().to_owned();
    let taken = Entity::insert(row).on_conflict(skip).exec_without_returning(db).await;
    match taken {
        Ok(1..) => Ok(None),
        Ok(0) | Err(DbErr::RecordNotInserted) => Entity::find_by_id(key.to_owned()).one(db).await,
        Err(error) => Err(error),
    }
}

/// Keeps the answer to a write.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(db: &impl ConnectionTrait, key: &str, status: i32, body: &str) -> Result<(), DbErr> {
    let row =
        ActiveModel { key: Set(key.to_owned()), status: Set(status), body: Set(body.to_owned()), ..Default::default() };
    row.update(db).await?;
    Ok(())
}

/// Lets a key go: the write did not happen.
///
/// # Errors
/// When the database does not answer.
pub async fn release(db: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    Entity::delete_by_id(key.to_owned()).exec(db).await?;
    Ok(())
}

/// Forgets answers from before `moment`.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lt(moment)).exec(db).await?;
    Ok(())
}

//! Recording changes, and reading what is new.

use keqiao_base::Moment;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::event::{ActiveModel, Column, Entity, Model};

/// Records a change, in the transaction of the change.
///
/// # Errors
/// When the database does not answer.
pub async fn append(db: &impl ConnectionTrait, topic: &str, payload: String, at: Moment) -> Result<(), DbErr> {
    let row = ActiveModel { seq: NotSet, topic: Set(topic.to_owned()), payload: Set(payload), at: Set(at) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Changes after `seq`, oldest first, at most 1,000.
///
/// # Errors
/// When the database does not answer.
pub async fn after(db: &impl ConnectionTrait, seq: i64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(1000).all(db).await
}

/// The newest number; 0 when nothing was recorded.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    Ok(Entity::find().order_by_desc(Column::Seq).one(db).await?.map_or(0, |row| row.seq))
}

/// Forgets changes from before `moment`: nobody listens that long.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_before(db: &impl ConnectionTrait, moment: Moment) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lt(moment)).exec(db).await?;
    Ok(())
}

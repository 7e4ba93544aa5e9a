//! Judgements of matches.

use keqiao_base::{AccountId, JudgementId, ListingId, Moment};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::judgement::{Column, Entity};

pub use crate::entity::judgement::Model as Judgement;

/// Writes what somebody says of a match; what the same person said before is replaced.
///
/// # Errors
/// When the database does not answer.
pub async fn put(db: &impl ConnectionTrait, judgement: Judgement) -> Result<(), DbErr> {
    let before = Entity::delete_many()
        .filter(Column::AccountId.eq(judgement.account_id))
        .filter(Column::FromId.eq(judgement.from_id))
        .filter(Column::ToId.eq(judgement.to_id));
    before.exec(db).await?;
    Entity::insert(judgement.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// What an account said of the matches of a listing.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, account: AccountId, from: ListingId) -> Result<Vec<Judgement>, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).filter(Column::FromId.eq(from)).all(db).await
}

/// Judgements since a moment, after one in the order of their ids: for the public figures and for learning.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    since: Moment,
    after: Option<JudgementId>,
    limit: u64,
) -> Result<Vec<Judgement>, DbErr> {
    let mut query = Entity::find().filter(Column::At.gte(since)).order_by_asc(Column::Id).limit(limit);
    if let Some(id) = after {
        query = query.filter(Column::Id.gt(id));
    }
    query.all(db).await
}

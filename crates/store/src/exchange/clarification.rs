//! Clarification rounds of demands.

use keqiao_access::RegionCode;
use keqiao_base::{Day, ListingId};
use keqiao_exchange::choice::ListingState;
use keqiao_exchange::clarify::RoundState;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::within;
use crate::entity::clarification::{Column, Entity};
use crate::entity::listing;

pub use crate::entity::clarification::Model as Clarification;

/// The rounds of a demand, the first on top.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, listing: ListingId) -> Result<Vec<Clarification>, DbErr> {
    Entity::find().filter(Column::ListingId.eq(listing)).order_by_asc(Column::Number).all(db).await
}

/// The open rounds of some listings.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of(db: &impl ConnectionTrait, listings: &[ListingId]) -> Result<Vec<Clarification>, DbErr> {
    let query = Entity::find().filter(Column::ListingId.is_in(listings.iter().copied()));
    query.filter(Column::State.eq(RoundState::Open)).all(db).await
}

/// Open rounds of regions that were due before a day, with their demands still in one of these states; the longest overdue on top.
///
/// # Errors
/// When the database does not answer.
pub async fn overdue(
    db: &impl ConnectionTrait,
    regions: &[RegionCode],
    states: &[ListingState],
    today: Day,
    limit: u64,
) -> Result<Vec<Clarification>, DbErr> {
    let mut alive = Query::select();
    alive.column(listing::Column::Id).from(listing::Entity);
    alive.and_where(listing::Column::State.is_in(states.iter().copied()));
    let query = Entity::find().filter(within(Column::Region, regions)).filter(Column::State.eq(RoundState::Open));
    let query = query.filter(Column::DueDay.lt(today)).filter(Column::ListingId.in_subquery(alive));
    query.order_by_asc(Column::DueDay).order_by_asc(Column::ListingId).limit(limit).all(db).await
}

/// Saves a new round; `false` when one is open already.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, round: Clarification) -> Result<bool, DbErr> {
    let skip = OnConflict::new().do_nothing().to_owned();
    match Entity::insert(round.into_active_model()).on_conflict(skip).exec_without_returning(db).await {
        Ok(taken) => Ok(taken > 0),
        Err(DbErr::RecordNotInserted) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Closes a round; `false` when it is not open any more.
///
/// # Errors
/// When the database does not answer.
pub async fn close(db: &impl ConnectionTrait, round: Clarification) -> Result<bool, DbErr> {
    let (listing, number) = (round.listing_id, round.number);
    let row = Entity::update_many().set(round.into_active_model().reset_all());
    let row = row.filter(Column::ListingId.eq(listing)).filter(Column::Number.eq(number));
    Ok(row.filter(Column::State.eq(RoundState::Open)).exec(db).await?.rows_affected > 0)
}

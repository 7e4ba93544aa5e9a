//! Interests: who wants to talk about which listing.

use keqiao_base::{AccountId, InterestId, ListingId, Moment};
use keqiao_exchange::choice::InterestState;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::interest::{Column, Entity};

pub use crate::entity::interest::Model as Interest;

/// Interests in a listing, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, listing: ListingId) -> Result<Vec<Interest>, DbErr> {
    Entity::find().filter(Column::ListingId.eq(listing)).order_by_desc(Column::Id).all(db).await
}

/// The interest of an account in a listing.
///
/// # Errors
/// When the database does not answer.
pub async fn by(db: &impl ConnectionTrait, listing: ListingId, account: AccountId) -> Result<Option<Interest>, DbErr> {
    let query = Entity::find().filter(Column::ListingId.eq(listing)).filter(Column::AccountId.eq(account));
    query.one(db).await
}

/// Everything an account asked, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn sent(db: &impl ConnectionTrait, account: AccountId, limit: u64) -> Result<Vec<Interest>, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).order_by_desc(Column::Id).limit(limit).all(db).await
}

/// Everything in one state asked about some listings, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn received(
    db: &impl ConnectionTrait,
    listings: &[ListingId],
    state: InterestState,
) -> Result<Vec<Interest>, DbErr> {
    let query = Entity::find().filter(Column::ListingId.is_in(listings.iter().copied()));
    query.filter(Column::State.eq(state)).order_by_asc(Column::Id).all(db).await
}

/// One interest.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: InterestId) -> Result<Option<Interest>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new interest.
///
/// # Errors
/// When the database does not answer, or there is one of this account already.
pub async fn insert(db: &impl ConnectionTrait, interest: Interest) -> Result<(), DbErr> {
    Entity::insert(interest.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves an interest that was read in a state; `false` when it stands in another by now.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, interest: Interest, was: InterestState) -> Result<bool, DbErr> {
    let id = interest.id;
    let row = Entity::update_many().set(interest.into_active_model().reset_all()).filter(Column::Id.eq(id));
    Ok(row.filter(Column::State.eq(was)).exec(db).await?.rows_affected > 0)
}

/// How many stand accepted, for each of some listings that has any.
///
/// # Errors
/// When the database does not answer.
pub async fn accepted(db: &impl ConnectionTrait, listings: &[ListingId]) -> Result<Vec<(ListingId, i64)>, DbErr> {
    let query = Entity::find().select_only().column(Column::ListingId).column_as(Expr::col(Column::Id).count(), "n");
    let query = query.filter(Column::ListingId.is_in(listings.iter().copied()));
    query.filter(Column::State.eq(InterestState::Accepted)).group_by(Column::ListingId).into_tuple().all(db).await
}

/// When each interest since a moment was asked and answered, with its listing: for the public figures.
///
/// # Errors
/// When the database does not answer.
pub async fn times(
    db: &impl ConnectionTrait,
    since: Moment,
) -> Result<Vec<(ListingId, Moment, Option<Moment>)>, DbErr> {
    let query = Entity::find().select_only().columns([Column::ListingId, Column::At, Column::AnsweredAt]);
    query.filter(Column::At.gte(since)).into_tuple().all(db).await
}

/// How many interests of an account are open since a moment: for a limit on how many one may send.
///
/// # Errors
/// When the database does not answer.
pub async fn count_since(db: &impl ConnectionTrait, account: AccountId, since: Moment) -> Result<u64, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).filter(Column::At.gte(since)).count(db).await
}

/// Interests of one listing in another that were answered, after one in the order of their ids: for learning.
///
/// # Errors
/// When the database does not answer.
pub async fn answered_after(
    db: &impl ConnectionTrait,
    after: Option<InterestId>,
    limit: u64,
) -> Result<Vec<Interest>, DbErr> {
    let mut query = Entity::find().filter(Column::OwnListingId.is_not_null()).order_by_asc(Column::Id).limit(limit);
    query = query.filter(Column::State.is_in([InterestState::Accepted, InterestState::Declined]));
    if let Some(id) = after {
        query = query.filter(Column::Id.gt(id));
    }
    query.all(db).await
}

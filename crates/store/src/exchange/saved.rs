//! Searches that somebody keeps.

use keqiao_base::{AccountId, SavedSearchId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::entity::saved_search::{Column, Entity};

pub use crate::entity::saved_search::Model as SavedSearch;

/// The searches of an account.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<SavedSearch>, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).order_by_asc(Column::Id).all(db).await
}

/// How many an account keeps.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, account: AccountId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::AccountId.eq(account)).count(db).await
}

/// Searches after one in the order of their ids, of everybody.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<SavedSearchId>,
    limit: u64,
) -> Result<Vec<SavedSearch>, DbErr> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(limit);
    if let Some(id) = after {
        query = query.filter(Column::Id.gt(id));
    }
    query.all(db).await
}

/// One search.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: SavedSearchId) -> Result<Option<SavedSearch>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new search.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, saved: SavedSearch) -> Result<(), DbErr> {
    Entity::insert(saved.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Writes a search again.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, saved: SavedSearch) -> Result<(), DbErr> {
    Entity::update(saved.into_active_model().reset_all()).exec(db).await.map(drop)
}

/// Forgets a search.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(db: &impl ConnectionTrait, id: SavedSearchId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

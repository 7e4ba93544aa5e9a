//! Files of listings.

use keqiao_base::ListingId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};

use crate::entity::listing_file::{Column, Entity};

pub use crate::entity::listing_file::Model as ListingFile;

/// Adds a file under the next number.
///
/// # Errors
/// When the database does not answer.
pub async fn add(db: &impl ConnectionTrait, mut file: ListingFile) -> Result<(), DbErr> {
    let last = Entity::find().filter(Column::ListingId.eq(file.listing_id)).count(db).await?;
    file.number = i32::try_from(last).unwrap_or(i32::MAX).saturating_add(1);
    Entity::insert(file.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// The files of a listing that were not taken out.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, listing: ListingId) -> Result<Vec<ListingFile>, DbErr> {
    let query = Entity::find().filter(Column::ListingId.eq(listing)).filter(Column::Removed.eq(false));
    query.order_by_asc(Column::Number).all(db).await
}

/// One of them.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, listing: ListingId, number: i32) -> Result<Option<ListingFile>, DbErr> {
    Entity::find_by_id((listing, number)).filter(Column::Removed.eq(false)).one(db).await
}

/// Takes a file out; `false` when there is none.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(db: &impl ConnectionTrait, listing: ListingId, number: i32) -> Result<bool, DbErr> {
    let row = Entity::update_many().col_expr(Column::Removed, Expr::value(true));
    let row = row.filter(Column::ListingId.eq(listing)).filter(Column::Number.eq(number));
    Ok(row.filter(Column::Removed.eq(false)).exec(db).await?.rows_affected > 0)
}

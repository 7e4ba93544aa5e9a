//! Whether the books of a department's year are open, and every turn they took.

use keqiao_access::RegionCode;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::within;
use crate::entity::books::{ActiveModel, Column, Entity};
use crate::entity::books_turn as turn;
use crate::entity::books_turn::Model as BooksTurn;

pub use crate::entity::books::Model as Books;
pub use crate::entity::books_turn::Model as Turn;

/// Books of these regions and of what lies in them: newest year first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, regions: &[RegionCode]) -> Result<Vec<Books>, DbErr> {
    let query = Entity::find().filter(within(Column::Region, regions));
    query.order_by_desc(Column::Year).order_by_asc(Column::Region).limit(1_000).all(db).await
}

/// The books of one year; none when nobody opened them yet.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Option<Books>, DbErr> {
    Entity::find_by_id((region, year)).one(db).await
}

/// The same inside a transaction that writes something of the year: until it ends, nobody closes the books.
///
/// # Errors
/// When the database does not answer.
pub async fn hold(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Option<Books>, DbErr> {
    Entity::find_by_id((region, year)).lock_shared().one(db).await
}

/// Every turn of a year's books, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn turns(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<BooksTurn>, DbErr> {
    let query = turn::Entity::find().filter(turn::Column::Region.eq(region)).filter(turn::Column::Year.eq(year));
    query.order_by_asc(turn::Column::Revision).all(db).await
}

/// Opens a year for the first time.
///
/// # Errors
/// When the database does not answer, or somebody opened it just now.
pub async fn insert(db: &impl ConnectionTrait, books: Books) -> Result<(), DbErr> {
    Entity::insert(books.clone().into_active_model().reset_all()).exec_without_returning(db).await?;
    append(db, books).await
}

/// Turns books that stood at `revision` (their new revision is one more). `false` when somebody turned them in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, books: Books, revision: i32) -> Result<bool, DbErr> {
    let books = Books { revision: revision.saturating_add(1), ..books };
    let row: ActiveModel = books.clone().into_active_model().reset_all();
    let query = Entity::update_many().set(row).filter(Column::Region.eq(books.region));
    let query = query.filter(Column::Year.eq(books.year)).filter(Column::Revision.eq(revision));
    if query.exec(db).await?.rows_affected == 0 {
        return Ok(false);
    }
    append(db, books).await?;
    Ok(true)
}

async fn append(db: &impl ConnectionTrait, books: Books) -> Result<(), DbErr> {
    let Books { region, year, state, revision, account, account_name, changed_at, reason } = books;
    let row = BooksTurn { region, year, revision, state, account, account_name, at: changed_at, reason };
    turn::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await.map(drop)
}

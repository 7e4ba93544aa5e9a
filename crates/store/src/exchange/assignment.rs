//! What-if sheets of who could serve whom.

use keqiao_access::RegionCode;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::within;
use crate::entity::assignment::{Column, Entity};

pub use crate::entity::assignment::Model as Assignment;

/// Sheets of regions, the newest on top; what is in them is left empty.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, regions: &[RegionCode], limit: u64) -> Result<Vec<Assignment>, DbErr> {
    let columns = [Column::Region, Column::Number, Column::Title, Column::AccountId, Column::Author, Column::At];
    let query = Entity::find().select_only().columns(columns).expr_as(sea_orm::sea_query::Expr::val(""), "plan");
    let query = query.filter(within(Column::Region, regions)).order_by_desc(Column::At).limit(limit);
    query.all(db).await
}

/// How many sheets there are of a region itself.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl ConnectionTrait, region: RegionCode) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Region.eq(region)).count(db).await
}

/// One sheet.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, region: RegionCode, number: i32) -> Result<Option<Assignment>, DbErr> {
    Entity::find_by_id((region, number)).one(db).await
}

/// Keeps a new sheet under the next number of its region, and returns that.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, mut sheet: Assignment) -> Result<i32, DbErr> {
    let of = Entity::find().select_only().column(Column::Number).filter(Column::Region.eq(sheet.region));
    let last: Option<i32> = of.order_by_desc(Column::Number).limit(1).into_tuple().one(db).await?;
    sheet.number = last.unwrap_or(0).saturating_add(1);
    let number = sheet.number;
    Entity::insert(sheet.into_active_model()).exec_without_returning(db).await?;
    Ok(number)
}

/// Removes a sheet.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(db: &impl ConnectionTrait, region: RegionCode, number: i32) -> Result<(), DbErr> {
    Entity::delete_by_id((region, number)).exec(db).await.map(drop)
}

//! Units of departments.

use keqiao_access::RegionCode;
use keqiao_base::UnitId;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use super::within;
use crate::entity::unit::{ActiveModel, Column, Entity};

pub use crate::entity::unit::Model as Unit;

/// Units of these regions and of what lies in them, by region and age.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, regions: &[RegionCode]) -> Result<Vec<Unit>, DbErr> {
    let query = Entity::find().filter(within(Column::Region, regions));
    query.order_by_asc(Column::Region).order_by_asc(Column::Id).all(db).await
}

/// Units of one department, by age.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, region: RegionCode) -> Result<Vec<Unit>, DbErr> {
    Entity::find().filter(Column::Region.eq(region)).order_by_asc(Column::Id).all(db).await
}

/// One unit.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: UnitId) -> Result<Option<Unit>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The unit of a department that bears a name.
///
/// # Errors
/// When the database does not answer.
pub async fn named(db: &impl ConnectionTrait, region: RegionCode, name: &str) -> Result<Option<Unit>, DbErr> {
    Entity::find().filter(Column::Region.eq(region)).filter(Column::Name.eq(name)).one(db).await
}

/// Writes a new unit.
///
/// # Errors
/// When the database does not answer, or the department has one of that name.
pub async fn insert(db: &impl ConnectionTrait, unit: Unit) -> Result<(), DbErr> {
    Entity::insert(unit.into_active_model().reset_all()).exec_without_returning(db).await.map(drop)
}

/// Writes a unit over the one of the revision it was made from. `false` when somebody changed it in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, unit: Unit, revision: i32) -> Result<bool, DbErr> {
    let id = unit.id;
    let mut row: ActiveModel = unit.into_active_model().reset_all();
    row.revision = Set(revision.saturating_add(1));
    let query = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(query.exec(db).await?.rows_affected > 0)
}

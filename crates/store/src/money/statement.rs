//! Statements of a year: one per unit and kind, written over the revision that was seen.

use keqiao_access::RegionCode;
use keqiao_base::UnitId;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::statement::{ActiveModel, Column, Entity, Model, StatementKind};

/// Every statement of a year.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year)).all(db).await
}

/// One statement.
///
/// # Errors
/// When the database does not answer.
pub async fn load(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    unit: UnitId,
    kind: StatementKind,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id((region, year, unit, kind)).one(db).await
}

/// Writes a statement over the one of `revision` (0: there was none). `false` when somebody wrote it in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, row: Model, revision: i32) -> Result<bool, DbErr> {
    let row = Model { revision: revision.saturating_add(1), ..row };
    if revision == 0 {
        if load(db, row.region, row.year, row.unit_id, row.kind).await?.is_some() {
            return Ok(false);
        }
        Entity::insert(row.into_active_model().reset_all()).exec_without_returning(db).await?;
        return Ok(true);
    }
    let (region, year, unit, kind) = (row.region, row.year, row.unit_id, row.kind);
    let active: ActiveModel = row.into_active_model().reset_all();
    let query = Entity::update_many()
        .set(active)
        .filter(Column::Region.eq(region))
        .filter(Column::Year.eq(year))
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Revision.eq(revision));
    Ok(query.exec(db).await?.rows_affected > 0)
}

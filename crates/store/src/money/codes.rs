//! The codes of a year, as a department imported them.

use keqiao_access::RegionCode;
use keqiao_accounts::codes::{CodeKind, YearCodes};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::code_list::{Column, Entity, Model};

/// The codes of a year: the list that was imported, or what ships.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, region: RegionCode, year: i32, kind: CodeKind) -> Result<YearCodes, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    let rows = query.filter(Column::Kind.eq(kind)).all(db).await?;
    if rows.is_empty() {
        return Ok(YearCodes::seen(kind, year));
    }
    Ok(YearCodes { names: rows.into_iter().map(|r| (r.code, r.name)).collect(), full: true })
}

/// Replaces the list of a year.
///
/// # Errors
/// When the database does not answer.
pub async fn replace(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    kind: CodeKind,
    codes: Vec<(String, String)>,
) -> Result<(), DbErr> {
    let query = Entity::delete_many().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    query.filter(Column::Kind.eq(kind)).exec(db).await?;
    let row = |(code, name)| Model { region, year, kind, code, name };
    let mut rows = codes.into_iter().map(|c| row(c).into_active_model().reset_all()).peekable();
    while rows.peek().is_some() {
        Entity::insert_many(rows.by_ref().take(500).collect::<Vec<_>>()).exec_without_returning(db).await?;
    }
    Ok(())
}

//! Projects of a year.

use keqiao_access::RegionCode;
use keqiao_base::{ProjectId, UnitId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::project::{ActiveModel, Column, Entity};

pub use crate::entity::project::Model as Project;

/// Which projects are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFilter {
    /// Regions that may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// Of one department.
    pub region: Option<RegionCode>,
    /// Fiscal year.
    pub year: Option<i32>,
    /// Of one unit.
    pub unit: Option<UnitId>,
}

impl ProjectFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(within(Column::Region, &self.regions))
            .add_option(self.region.map(|r| Column::Region.eq(r)))
            .add_option(self.year.map(|y| Column::Year.eq(y)))
            .add_option(self.unit.map(|u| Column::UnitId.eq(u)))
    }
}

/// The projects asked for, by region, newest year first, by code; at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &impl ConnectionTrait, filter: &ProjectFilter, limit: u64) -> Result<Vec<Project>, DbErr> {
    let query = Entity::find().filter(filter.condition()).order_by_asc(Column::Region).order_by_desc(Column::Year);
    query.order_by_asc(Column::Code).limit(limit).all(db).await
}

/// Projects of one department's year, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<Project>, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    query.order_by_asc(Column::Code).all(db).await
}

/// One project.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ProjectId) -> Result<Option<Project>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The project of a code in a department's year.
///
/// # Errors
/// When the database does not answer.
pub async fn coded(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    code: &str,
) -> Result<Option<Project>, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    query.filter(Column::Code.eq(code)).one(db).await
}

/// Writes a new project.
///
/// # Errors
/// When the database does not answer, or the year has one of that code.
pub async fn insert(db: &impl ConnectionTrait, project: Project) -> Result<(), DbErr> {
    Entity::insert(project.into_active_model().reset_all()).exec_without_returning(db).await.map(drop)
}

/// Writes a project over the one of the revision it was made from. `false` when somebody changed it in the meantime.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, project: Project, revision: i32) -> Result<bool, DbErr> {
    let id = project.id;
    let mut row: ActiveModel = project.into_active_model().reset_all();
    row.revision = Set(revision.saturating_add(1));
    let query = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(query.exec(db).await?.rows_affected > 0)
}

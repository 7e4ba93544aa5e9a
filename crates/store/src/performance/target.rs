//! Targets, their versions, indicators and milestones.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, IndicatorId, ProjectId, TargetId};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::target::{Column, Entity};
use crate::entity::{indicator, milestone, target_comment, target_version};
use crate::page::{Page, PageRequest};

pub use crate::entity::indicator::Model as IndicatorRow;
pub use crate::entity::milestone::Model as MilestoneRow;
pub use crate::entity::target::Model as TargetRow;
pub use crate::entity::target_comment::Model as TargetComment;
pub use crate::entity::target_version::Model as VersionRow;
pub use keqiao_performance::TargetState;

/// Which targets are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TargetFilter {
    /// Regions that may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// The year.
    pub year: Option<i32>,
    /// How far it is.
    pub state: Option<TargetState>,
    /// Only those with a version that binds.
    pub approved: bool,
    /// Only those that somebody answers for.
    pub owner: Option<AccountId>,
}

impl TargetFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(within(Column::Region, &self.regions))
            .add_option(self.year.map(|y| Column::Year.eq(y)))
            .add_option(self.state.map(|s| Column::State.eq(s)))
            .add_option(self.approved.then(|| Column::Approved.gt(0)))
            .add_option(self.owner.map(|o| Column::OwnerId.eq(o)))
    }
}

/// One page of targets: newest year first, the department before its projects, then by name.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &TargetFilter,
    request: PageRequest,
) -> Result<Page<TargetRow>, DbErr> {
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = query.order_by_desc(Column::Year).order_by_asc(Column::Region).order_by_asc(Column::Name);
    let rows = query.order_by_asc(Column::Id).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// All targets of one department in a year, in the order of [`page`]: as many as it has projects, and one.
///
/// # Errors
/// When the database does not answer.
pub async fn of_year(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<TargetRow>, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    query.order_by_asc(Column::Name).order_by_asc(Column::Id).all(db).await
}

/// Targets after `after` in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &TargetFilter,
    after: Option<TargetId>,
    limit: u64,
) -> Result<Vec<TargetRow>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// The years of the targets that may be seen, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn years(db: &impl ConnectionTrait, regions: &[RegionCode]) -> Result<Vec<i32>, DbErr> {
    let query = Entity::find().select_only().column(Column::Year).distinct().filter(within(Column::Region, regions));
    query.order_by_desc(Column::Year).into_tuple().all(db).await
}

/// One target.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: TargetId) -> Result<Option<TargetRow>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The target of a project, or of the department as a whole, in a year.
///
/// # Errors
/// When the database does not answer.
pub async fn of(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    project: Option<ProjectId>,
) -> Result<Option<TargetRow>, DbErr> {
    let query = Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    let query = match project {
        Some(project) => query.filter(Column::ProjectId.eq(project)),
        None => query.filter(Column::ProjectId.is_null()),
    };
    query.one(db).await
}

/// Saves a new target.
///
/// # Errors
/// When the database does not answer, or the project has one in this year.
pub async fn insert(db: &impl ConnectionTrait, target: TargetRow) -> Result<(), DbErr> {
    Entity::insert(target.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a target that was read as `revision`; `false` when somebody changed it since. Raises the revision.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, mut target: TargetRow, revision: i32) -> Result<bool, DbErr> {
    target.revision = revision.saturating_add(1);
    let id = target.id;
    let row = target.into_active_model().reset_all();
    let done = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Revision.eq(revision));
    Ok(done.exec(db).await?.rows_affected > 0)
}

/// Forgets a target with its versions.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(db: &impl ConnectionTrait, id: TargetId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// The versions of a target, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(db: &impl ConnectionTrait, id: TargetId) -> Result<Vec<VersionRow>, DbErr> {
    use target_version::Column as V;
    target_version::Entity::find().filter(V::TargetId.eq(id)).order_by_desc(V::Number).limit(200).all(db).await
}

/// One version.
///
/// # Errors
/// When the database does not answer.
pub async fn version(db: &impl ConnectionTrait, id: TargetId, number: i32) -> Result<Option<VersionRow>, DbErr> {
    target_version::Entity::find_by_id((id, number)).one(db).await
}

/// Saves a new version.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_version(db: &impl ConnectionTrait, version: VersionRow) -> Result<(), DbErr> {
    target_version::Entity::insert(version.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a changed version, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn save_version(db: &impl ConnectionTrait, version: VersionRow) -> Result<(), DbErr> {
    let (id, number) = (version.target_id, version.number);
    use target_version::Column as V;
    let row = version.into_active_model().reset_all();
    let done = target_version::Entity::update_many().set(row).filter(V::TargetId.eq(id)).filter(V::Number.eq(number));
    done.exec(db).await.map(drop)
}

/// The indicators of a version, in the order of the form.
///
/// # Errors
/// When the database does not answer.
pub async fn indicators(db: &impl ConnectionTrait, id: TargetId, version: i32) -> Result<Vec<IndicatorRow>, DbErr> {
    use indicator::Column as I;
    let query = indicator::Entity::find().filter(I::TargetId.eq(id)).filter(I::Version.eq(version));
    query.order_by_asc(I::Position).all(db).await
}

/// One indicator as it stands in its newest version.
///
/// # Errors
/// When the database does not answer.
pub async fn indicator(db: &impl ConnectionTrait, id: IndicatorId) -> Result<Option<IndicatorRow>, DbErr> {
    use indicator::Column as I;
    indicator::Entity::find().filter(I::Id.eq(id)).order_by_desc(I::Version).one(db).await
}

/// Milestones of the indicators of a version.
///
/// # Errors
/// When the database does not answer.
pub async fn milestones(db: &impl ConnectionTrait, indicators: &[IndicatorRow]) -> Result<Vec<MilestoneRow>, DbErr> {
    use milestone::Column as M;
    let Some(version) = indicators.first().map(|i| i.version) else { return Ok(Vec::new()) };
    let query = milestone::Entity::find().filter(M::IndicatorId.is_in(indicators.iter().map(|i| i.id)));
    query.filter(M::Version.eq(version)).order_by_asc(M::Month).all(db).await
}

/// Puts these indicators and milestones in place of those of a version.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_indicators(
    db: &impl ConnectionTrait,
    id: TargetId,
    version: i32,
    indicators: Vec<IndicatorRow>,
    milestones: Vec<MilestoneRow>,
) -> Result<(), DbErr> {
    use indicator::Column as I;
    let old = indicator::Entity::delete_many().filter(I::TargetId.eq(id)).filter(I::Version.eq(version));
    old.exec(db).await?;
    for chunk in indicators.chunks(500) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        indicator::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    for chunk in milestones.chunks(500) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        milestone::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Remarks to a target, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn comments(db: &impl ConnectionTrait, id: TargetId) -> Result<Vec<TargetComment>, DbErr> {
    use target_comment::Column as C;
    let query = target_comment::Entity::find().filter(C::TargetId.eq(id));
    query.order_by_asc(C::CreatedAt).order_by_asc(C::Id).limit(500).all(db).await
}

/// Saves a remark.
///
/// # Errors
/// When the database does not answer.
pub async fn comment(db: &impl ConnectionTrait, remark: TargetComment) -> Result<(), DbErr> {
    target_comment::Entity::insert(remark.into_active_model()).exec_without_returning(db).await.map(drop)
}

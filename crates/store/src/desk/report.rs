//! Reports and their versions.

use keqiao_access::RegionCode;
use keqiao_base::{Moment, ReportId, VersionId};
use sea_orm::ActiveValue::Set;
use sea_orm::ExprTrait;
use sea_orm::sea_query::{Expr, NullOrdering, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{holds, within};
use crate::entity::report::{ActiveModel, Column, Entity};
use crate::entity::{finding, version, version_text};
use crate::page::{Page, PageRequest};

pub use crate::entity::report::{CheckState, Model as Report};
pub use crate::entity::version::Model as Version;

keqiao_base::coded! {
    /// By what the list of reports is sorted.
    pub enum ReportSort {
        /// Last change.
        Updated = "updated" => ("最近更新", "Last change"),
        /// Body.
        Entity = "entity" => ("单位", "Body"),
        /// Fiscal year.
        Year = "year" => ("年度", "Year"),
        /// Errors.
        Errors = "errors" => ("错误", "Errors"),
        /// Open findings.
        Open = "open" => ("待处理", "Open"),
    }
}

/// Which reports are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// Regions that may be seen; empty means: nothing.
    pub regions: Vec<RegionCode>,
    /// Words in the name of the body.
    pub entity: Option<String>,
    /// Fiscal year.
    pub year: Option<i32>,
    /// Kind.
    pub kind: Option<String>,
    /// How far it is.
    pub state: Option<CheckState>,
    /// Only with open findings.
    pub open: bool,
}

impl ReportFilter {
    pub(super) fn condition(&self) -> Condition {
        within(&self.regions)
            .into_all()
            .add_option(self.entity.as_deref().map(|words| holds(Column::Entity, words)))
            .add_option(self.year.map(|y| Column::Year.eq(y)))
            .add_option(self.kind.as_deref().map(|k| Column::Kind.eq(k)))
            .add_option(self.state.map(|s| Column::State.eq(s)))
            .add_option(self.open.then(|| Column::Open.gt(0)))
    }
}

trait All {
    fn into_all(self) -> Condition;
}

impl All for Condition {
    fn into_all(self) -> Condition {
        Condition::all().add(self)
    }
}

/// One page of reports.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &ReportFilter,
    sort: ReportSort,
    descending: bool,
    request: PageRequest,
) -> Result<Page<Report>, DbErr> {
    let column = match sort {
        ReportSort::Updated => Column::UpdatedAt,
        ReportSort::Entity => Column::Entity,
        ReportSort::Year => Column::Year,
        ReportSort::Errors => Column::Errors,
        ReportSort::Open => Column::Open,
    };
    let order = if descending { Order::Desc } else { Order::Asc };
    let query = Entity::find().filter(filter.condition());
    let total = query.clone().count(db).await?;
    let query = match sort {
        ReportSort::Year => query.order_by_with_nulls(column, order.clone(), NullOrdering::Last),
        _ => query.order_by(column, order.clone()),
    };
    let rows = query.order_by(Column::Id, order).offset(request.offset()).limit(request.size).all(db).await?;
    Ok(Page { rows, total, request })
}

/// Reports after `after` in the order of their ids, for programs.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    filter: &ReportFilter,
    after: Option<ReportId>,
    limit: u64,
) -> Result<Vec<Report>, DbErr> {
    let condition = filter.condition().add_option(after.map(|id| Column::Id.gt(id)));
    Entity::find().filter(condition).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// The years of the reports that may be seen, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn years(db: &impl ConnectionTrait, regions: &[RegionCode]) -> Result<Vec<i32>, DbErr> {
    let query = Entity::find().select_only().column(Column::Year).distinct();
    let query = query.filter(within(regions)).filter(Column::Year.is_not_null()).order_by_desc(Column::Year);
    query.into_tuple().all(db).await
}

/// One report.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ReportId) -> Result<Option<Report>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The report of a series: body, kind, year.
///
/// # Errors
/// When the database does not answer.
pub async fn of_series(
    db: &impl ConnectionTrait,
    region: RegionCode,
    entity_key: &str,
    kind: &str,
    year: i32,
) -> Result<Option<Report>, DbErr> {
    let query = Entity::find().filter(Column::EntityKey.eq(entity_key)).filter(Column::Kind.eq(kind));
    query.filter(Column::Year.eq(year)).filter(Column::Region.eq(region)).order_by_asc(Column::Id).one(db).await
}

/// Saves a new report.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, report: Report) -> Result<(), DbErr> {
    Entity::insert(report.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a changed report, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn save(db: &impl ConnectionTrait, report: Report) -> Result<(), DbErr> {
    report.into_active_model().reset_all().update(db).await.map(drop)
}

/// Takes a report off the desk, with versions, findings and remarks.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(db: &impl ConnectionTrait, id: ReportId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// Counts the findings of the newest version anew.
///
/// # Errors
/// When the database does not answer.
pub async fn recount(db: &impl ConnectionTrait, id: ReportId, now: Moment) -> Result<(), DbErr> {
    use finding::{Column as F, FindingLevel, FindingState};
    let Some(report) = load(db, id).await? else { return Ok(()) };
    let count: SimpleExpr = F::Id.count();
    let rows: Vec<(FindingLevel, FindingState, i64)> = finding::Entity::find()
        .select_only()
        .columns([F::Level, F::State])
        .column_as(count, "n")
        .filter(F::ReportId.eq(id))
        .filter(F::LastVersion.eq(report.version))
        .group_by(F::Level)
        .group_by(F::State)
        .into_tuple()
        .all(db)
        .await?;
    let sum = |of: &dyn Fn(FindingLevel, FindingState) -> bool| {
        let n: i64 = rows.iter().filter(|(level, state, _)| of(*level, *state)).map(|r| r.2).sum();
        i32::try_from(n).unwrap_or(i32::MAX)
    };
    let stands = |wanted: FindingLevel| sum(&|level, state| level == wanted && state != FindingState::FalseAlarm);
    let row = ActiveModel {
        id: Set(id),
        errors: Set(stands(FindingLevel::Error)),
        warnings: Set(stands(FindingLevel::Warning)),
        infos: Set(stands(FindingLevel::Info)),
        open: Set(sum(&|_, state| state == FindingState::Open)),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(db).await.map(drop)
}

/// The versions of a report, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(db: &impl ConnectionTrait, report: ReportId) -> Result<Vec<Version>, DbErr> {
    use version::Column as V;
    version::Entity::find().filter(V::ReportId.eq(report)).order_by_desc(V::Number).limit(200).all(db).await
}

/// One version.
///
/// # Errors
/// When the database does not answer.
pub async fn version(db: &impl ConnectionTrait, id: VersionId) -> Result<Option<Version>, DbErr> {
    version::Entity::find_by_id(id).one(db).await
}

/// The version of a report with a number.
///
/// # Errors
/// When the database does not answer.
pub async fn version_numbered(db: &impl ConnectionTrait, id: ReportId, number: i32) -> Result<Option<Version>, DbErr> {
    use version::Column as V;
    version::Entity::find().filter(V::ReportId.eq(id)).filter(V::Number.eq(number)).one(db).await
}

/// The number that the next version of a report gets.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(db: &impl ConnectionTrait, report: ReportId) -> Result<i32, DbErr> {
    use version::Column as V;
    let query = version::Entity::find().select_only().column_as(Expr::col(V::Number).max(), "n");
    let newest: Option<Option<i32>> = query.filter(V::ReportId.eq(report)).into_tuple().one(db).await?;
    Ok(newest.flatten().unwrap_or(0) + 1)
}

/// The version that a file already is, in a region; of one report when asked.
///
/// # Errors
/// When the database does not answer.
pub async fn version_of_file(
    db: &impl ConnectionTrait,
    region: RegionCode,
    file_hash: &str,
    report: Option<ReportId>,
) -> Result<Option<Version>, DbErr> {
    use version::Column as V;
    let query = version::Entity::find().inner_join(Entity).filter(V::FileHash.eq(file_hash));
    let condition = Condition::all().add(Column::Region.eq(region)).add_option(report.map(|id| V::ReportId.eq(id)));
    query.filter(condition).order_by_asc(V::Id).one(db).await
}

/// Saves a new version.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_version(db: &impl ConnectionTrait, version: Version) -> Result<(), DbErr> {
    version::Entity::insert(version.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Saves a changed version, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn save_version(db: &impl ConnectionTrait, version: Version) -> Result<(), DbErr> {
    version.into_active_model().reset_all().update(db).await.map(drop)
}

/// The marked text of a version, deflated.
///
/// # Errors
/// When the database does not answer.
pub async fn text(db: &impl ConnectionTrait, id: VersionId) -> Result<Option<Vec<u8>>, DbErr> {
    Ok(version_text::Entity::find_by_id(id).one(db).await?.map(|row| row.body))
}

/// Saves the marked text of a version, in place of an earlier one.
///
/// # Errors
/// When the database does not answer.
pub async fn save_text(db: &impl ConnectionTrait, id: VersionId, body: Vec<u8>) -> Result<(), DbErr> {
    version_text::Entity::delete_by_id(id).exec(db).await?;
    let row = version_text::ActiveModel { version_id: Set(id), body: Set(body) };
    version_text::Entity::insert(row).exec_without_returning(db).await.map(drop)
}

//! Reports about listings.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ListingId, ListingReportId};
use keqiao_exchange::choice::ReportState;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::within;
use crate::entity::listing_report::{Column, Entity};

pub use crate::entity::listing_report::Model as ListingReport;

/// Reports of regions in one state, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &impl ConnectionTrait,
    regions: &[RegionCode],
    state: ReportState,
    limit: u64,
) -> Result<Vec<ListingReport>, DbErr> {
    let query = Entity::find().filter(within(Column::Region, regions)).filter(Column::State.eq(state));
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Reports about one listing.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl ConnectionTrait, listing: ListingId) -> Result<Vec<ListingReport>, DbErr> {
    Entity::find().filter(Column::ListingId.eq(listing)).order_by_asc(Column::Id).all(db).await
}

/// How many of them somebody has open.
///
/// # Errors
/// When the database does not answer.
pub async fn open_by(db: &impl ConnectionTrait, listing: ListingId, account: AccountId) -> Result<u64, DbErr> {
    let query = Entity::find().filter(Column::ListingId.eq(listing)).filter(Column::ReporterId.eq(account));
    query.filter(Column::State.eq(ReportState::Open)).count(db).await
}

/// One report.
///
/// # Errors
/// When the database does not answer.
pub async fn load(db: &impl ConnectionTrait, id: ListingReportId) -> Result<Option<ListingReport>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Saves a new report.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, report: ListingReport) -> Result<(), DbErr> {
    Entity::insert(report.into_active_model()).exec_without_returning(db).await.map(drop)
}

/// Decides an open report; `false` when somebody did before.
///
/// # Errors
/// When the database does not answer.
pub async fn decide(db: &impl ConnectionTrait, report: ListingReport) -> Result<bool, DbErr> {
    let id = report.id;
    let row = Entity::update_many().set(report.into_active_model().reset_all()).filter(Column::Id.eq(id));
    Ok(row.filter(Column::State.eq(ReportState::Open)).exec(db).await?.rows_affected > 0)
}

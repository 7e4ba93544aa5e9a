//! What somebody says is wrong with a listing.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ListingId, ListingReportId, Moment};
use keqiao_exchange::choice::{ReportReason, ReportState};
use sea_orm::entity::prelude::*;

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing_report")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ListingReportId,
    /// The listing.
    pub listing_id: ListingId,
    /// Its region.
    pub region: RegionCode,
    /// Who reports; nobody for a visitor.
    pub reporter_id: Option<AccountId>,
    /// The name of who reports.
    pub reporter: String,
    /// What is wrong.
    pub reason: ReportReason,
    /// In words.
    pub words: String,
    /// What became of it.
    pub state: ReportState,
    /// Who decided.
    pub decider_id: Option<AccountId>,
    /// The name of who decided.
    pub decider: Option<String>,
    /// What was answered.
    pub answer: String,
    /// When it was reported.
    pub at: Moment,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

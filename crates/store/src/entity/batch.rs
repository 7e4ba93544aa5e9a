//! Files uploaded together.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, BatchId, Moment, ReportId};
use sea_orm::entity::prelude::*;

/// One batch.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    /// Who uploads.
    pub account_id: AccountId,
    /// The region for which the reports come.
    pub region: RegionCode,
    /// The report of which the files are new versions; absent when they say themselves whose they are.
    pub report_id: Option<ReportId>,
    /// When it was begun.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

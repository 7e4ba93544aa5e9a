//! One uploaded file of a report.

use keqiao_base::{AccountId, Moment, ReportId, VersionId};
use sea_orm::entity::prelude::*;

pub use super::report::CheckState;

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "version")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VersionId,
    /// Its report.
    pub report_id: ReportId,
    /// From one.
    pub number: i32,
    /// What the user called the file; never a path.
    pub file_name: String,
    /// SHA-256 of the file: where it is kept.
    pub file_hash: String,
    /// Bytes.
    pub file_size: i64,
    /// How far it is.
    pub state: CheckState,
    /// Whether a person said to which report it belongs; else its content may still say so.
    pub assigned: bool,
    /// What was understood: JSON of `Summary`.
    pub summary: Option<String>,
    /// The version of last year's report that it was checked against.
    pub last_year_id: Option<VersionId>,
    /// Who brought it.
    pub account_id: AccountId,
    /// The name of who brought it.
    pub uploader: String,
    /// When it came.
    pub created_at: Moment,
    /// When it was checked.
    pub checked_at: Option<Moment>,
}

/// Where a version belongs.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Its report.
    #[sea_orm(belongs_to = "super::report::Entity", from = "Column::ReportId", to = "super::report::Column::Id")]
    Report,
}

impl Related<super::report::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Report.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

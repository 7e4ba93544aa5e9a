//! A report on the desk, through all its versions, with the counts that lists sort by.

use keqiao_access::RegionCode;
use keqiao_base::{Moment, ReportId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// How far a report or a version of it is.
    pub enum CheckState {
        /// In the queue, or being checked.
        Waiting = "waiting" => ("检查中", "Being checked"),
        /// Checked.
        Checked = "checked" => ("已检查", "Checked"),
        /// Nothing could be read.
        Unreadable = "unreadable" => ("不能读取", "Cannot be read"),
    }
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReportId,
    /// The region of the association that looks after it.
    pub region: RegionCode,
    /// Whose report; the file's name while that is not known.
    pub entity: String,
    /// The name under which reports of one body are kept together; absent while body, kind or year is unknown.
    pub entity_key: Option<String>,
    /// Fiscal year.
    pub year: Option<i32>,
    /// Kind: `ReportKind::word`.
    pub kind: String,
    /// How far it is.
    pub state: CheckState,
    /// Number of the newest checked version; 0 before the first check.
    pub version: i32,
    /// Tables in the newest version.
    pub tables_seen: i32,
    /// Tables understood.
    pub tables_known: i32,
    /// Facts understood.
    pub facts: i32,
    /// Errors in the newest version, false alarms not counted.
    pub errors: i32,
    /// Warnings, likewise.
    pub warnings: i32,
    /// Infos, likewise.
    pub infos: i32,
    /// Findings that nobody has settled.
    pub open: i32,
    /// Who brought it.
    pub uploader: String,
    /// When it came.
    pub created_at: Moment,
    /// Last change to it or its findings.
    pub updated_at: Moment,
}

/// What hangs on a report.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Its findings.
    #[sea_orm(has_many = "super::finding::Entity")]
    Finding,
    /// Its versions.
    #[sea_orm(has_many = "super::version::Entity")]
    Version,
}

impl Related<super::finding::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Finding.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

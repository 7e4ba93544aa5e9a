//! A finding of a report, through all versions in which it was found, with what people made of it.

use keqiao_base::{AccountId, FindingId, Moment, ReportId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// What people made of a finding.
    pub enum FindingState {
        /// Nobody has settled it.
        Open = "open" => ("待处理", "Open"),
        /// Put right, or gone in a later version.
        Fixed = "fixed" => ("已整改", "Fixed"),
        /// It stands, and somebody said why.
        Accepted = "accepted" => ("已说明", "Accepted"),
        /// We were wrong: the list that we learn from.
        FalseAlarm = "false_alarm" => ("误报", "False alarm"),
    }
}

keqiao_base::coded! {
    /// How sure and how grave; as `diag::Level`.
    pub enum FindingLevel {
        /// A contradiction by arithmetic or between two statements.
        Error = "error" => ("错误", "Error"),
        /// Very likely a defect.
        Warning = "warning" => ("警告", "Warning"),
        /// Arguable or cosmetic.
        Info = "info" => ("提示", "Info"),
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FindingId,
    /// Its report.
    pub report_id: ReportId,
    /// Its number in the last version that has it.
    pub number: i32,
    /// Number of the first version that has it.
    pub first_version: i32,
    /// Number of the last version that has it.
    pub last_version: i32,
    /// How it is known again.
    pub fingerprint: String,
    /// The rule's code.
    pub code: String,
    /// Level.
    pub level: FindingLevel,
    /// Messages, numbers, places: JSON of `Noted`.
    pub detail: String,
    /// What people made of it.
    pub state: FindingState,
    /// Who is to see to it.
    pub assignee_id: Option<AccountId>,
    /// The name of who is to see to it.
    pub assignee: Option<String>,
    /// What was done, or why it stands.
    pub reason: Option<String>,
    /// Who settled it.
    pub judge_id: Option<AccountId>,
    /// The name of who settled it.
    pub judge: Option<String>,
    /// When it was settled.
    pub judged_at: Option<Moment>,
    /// Number of remarks.
    pub comments: i32,
    /// Counts changes; a write made from an older one is refused.
    pub revision: i32,
    /// When it was found.
    pub created_at: Moment,
    /// Last change.
    pub updated_at: Moment,
}

/// Where a finding belongs.
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

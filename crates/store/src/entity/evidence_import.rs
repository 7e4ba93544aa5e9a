//! A spreadsheet of records on its way in, and what became of it.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ImportId, Moment};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Where an import of records stands.
    pub enum EvidenceImportState {
        /// Whoever brought it looks at what would happen.
        Preview = "preview" => ("待确认", "Waiting for your decision"),
        /// The records are in.
        Done = "done" => ("已导入", "Imported"),
        /// They were all declared void.
        Undone = "undone" => ("已撤销", "Undone"),
    }
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_import")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    /// The association whose records they are.
    pub region: RegionCode,
    /// Where it stands.
    pub state: EvidenceImportState,
    /// SHA-256 of the file.
    pub file: String,
    /// What whoever sent it calls the file.
    pub file_name: String,
    /// The columns of the file and what was chosen for them: JSON.
    pub columns: String,
    /// Rows that are records.
    pub row_count: i32,
    /// Of these, rows that could not be brought in.
    pub at_fault: i32,
    /// Records made.
    pub made: i32,
    /// By whom.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// When it was begun.
    pub created_at: Moment,
    /// When the records were in.
    pub finished_at: Option<Moment>,
    /// When they were declared void.
    pub undone_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

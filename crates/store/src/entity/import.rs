//! One file on its way into the directory, and what became of it.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, ImportId, Moment};
use keqiao_directory::ListKind;
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Where an import stands.
    pub enum State {
        /// The columns are being chosen.
        Mapping = "mapping" => ("待对应列", "Choose columns"),
        /// The rows are being checked.
        Checking = "checking" => ("检查中", "Checking"),
        /// The clerk looks at what would happen.
        Preview = "preview" => ("待确认", "Waiting for your decision"),
        /// The rows are going in.
        Importing = "importing" => ("导入中", "Importing"),
        /// They are in.
        Done = "done" => ("已导入", "Imported"),
        /// What went in is being taken back.
        Undoing = "undoing" => ("撤销中", "Undoing"),
        /// It was taken back.
        Undone = "undone" => ("已撤销", "Undone"),
        /// It did not work; nothing went in.
        Failed = "failed" => ("未成功", "Failed"),
    }
}

impl State {
    /// Nothing went in, and nothing is being done with it: it may be thrown away.
    pub fn is_unfinished(self) -> bool {
        matches!(self, State::Mapping | State::Preview | State::Failed)
    }
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    /// Into which list.
    pub list: ListKind,
    /// Where it stands.
    pub state: State,
    /// SHA-256 of the file.
    pub file: String,
    /// What the clerk calls the file.
    pub file_name: String,
    /// The region of rows that name none.
    pub region: RegionCode,
    /// The columns of the file and what was chosen for them: JSON.
    pub columns: String,
    /// Rows that are entries.
    pub row_count: i32,
    /// Of these, rows that can be imported.
    pub sound: i32,
    /// Rows with errors.
    pub at_fault: i32,
    /// Rows that may stand in the directory, or in the file, already.
    pub repeated: i32,
    /// Entries made.
    pub made: i32,
    /// Entries changed.
    pub merged: i32,
    /// Rows left out.
    pub skipped: i32,
    /// Entries that undoing left as they are, because somebody changed them since.
    pub kept: i32,
    /// By whom.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// Why it did not work: JSON in both languages.
    pub error: Option<String>,
    /// When it was begun.
    pub created_at: Moment,
    /// When the rows were in.
    pub finished_at: Option<Moment>,
    /// When it was taken back.
    pub undone_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

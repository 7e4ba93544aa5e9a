//! One file on its way into the books, and what became of it.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, BookImportId, Fen, Moment, UnitId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Into which list.
    pub enum BookList {
        /// 支出明细
        Ledger = "ledger" => ("支出明细", "Ledger"),
        /// 预算
        Budget = "budget" => ("预算", "Budget"),
    }
}

keqiao_base::coded! {
    /// Where an import stands.
    pub enum BookImportState {
        /// The columns are being chosen.
        Mapping = "mapping" => ("待对应列", "Choose columns"),
        /// The clerk looks at notes and totals.
        Preview = "preview" => ("待确认", "Waiting for your decision"),
        /// The lines are in.
        Done = "done" => ("已入账", "In the books"),
        /// They were taken back.
        Undone = "undone" => ("已撤销", "Taken back"),
    }
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "book_import")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BookImportId,
    /// The region of the department.
    pub region: RegionCode,
    /// Fiscal year.
    pub year: i32,
    /// The unit of rows that name none.
    pub unit_id: UnitId,
    /// Into which list.
    pub list: BookList,
    /// Where it stands.
    pub state: BookImportState,
    /// Which software it came from; its columns are remembered by this.
    pub source: String,
    /// SHA-256 of the file.
    pub file: String,
    /// What the clerk calls the file.
    pub file_name: String,
    /// The columns of the file and what was chosen for them: JSON.
    pub columns: String,
    /// Lines in it.
    pub row_count: i32,
    /// Lines and totals with errors.
    pub at_fault: i32,
    /// What its lines add up to.
    pub amount: Fen,
    /// What the clerk says they must add up to.
    pub control: Option<Fen>,
    /// Notes on its rows: JSON.
    pub report: String,
    /// By whom.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// Counts steps; one taken from an older page is refused.
    pub revision: i32,
    /// When it was begun.
    pub created_at: Moment,
    /// When the lines were in.
    pub finished_at: Option<Moment>,
    /// When it was taken back.
    pub undone_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

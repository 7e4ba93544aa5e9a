//! One line of the ledger: money spent, by voucher.

use keqiao_access::RegionCode;
use keqiao_accounts::{Fund, SpendingKind};
use keqiao_base::{BookImportId, Fen, LedgerLineId, Moment, ProjectId, UnitId};
use sea_orm::entity::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LedgerLineId,
    /// The region of the department.
    pub region: RegionCode,
    /// Fiscal year.
    pub year: i32,
    /// Its unit.
    pub unit_id: UnitId,
    /// Its project; none for basic spending.
    pub project_id: Option<ProjectId>,
    /// 支出功能分类: 项.
    pub function: String,
    /// 部门预算支出经济分类: 款.
    pub economic: String,
    /// Which money.
    pub fund: Fund,
    /// What kind of spending.
    pub kind: SpendingKind,
    /// The day of the voucher, `2025-03-01`.
    pub day: String,
    /// Its month, for vouchers are numbered by month.
    pub month: i32,
    /// 凭证号.
    pub voucher: String,
    /// The entry within the voucher; may be empty.
    pub entry: String,
    /// How much; what was taken back is negative.
    pub amount: Fen,
    /// 摘要.
    pub words: String,
    /// The import that brought it.
    pub import_id: Option<BookImportId>,
    /// When it came in.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! One line of the budget: initial, or an adjustment with its document.

use keqiao_access::RegionCode;
use keqiao_accounts::{BudgetColumn, Fund, SpendingKind};
use keqiao_base::{BookImportId, BudgetLineId, Fen, Moment, ProjectId, UnitId};
use sea_orm::entity::prelude::*;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "budget_line")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BudgetLineId,
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
    /// 部门预算支出经济分类: 款; empty when it is budgeted as a whole.
    pub economic: String,
    /// Which money.
    pub fund: Fund,
    /// What kind of spending.
    pub kind: SpendingKind,
    /// Initial or adjusted.
    pub budget: BudgetColumn,
    /// How much; what was taken off is negative.
    pub amount: Fen,
    /// The document that adjusted it.
    pub document: String,
    /// The import that brought it.
    pub import_id: Option<BookImportId>,
    /// When it came in.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

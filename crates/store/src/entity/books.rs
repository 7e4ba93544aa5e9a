//! The books of a department's year: open, or closed until a leader opens them again.

use keqiao_access::RegionCode;
use keqiao_accounts::BooksState;
use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// Where the books of one year stand.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "books")]
pub struct Model {
    /// The region of the department.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// Fiscal year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Open or closed.
    pub state: BooksState,
    /// Counts turns; a write made from an older one is refused.
    pub revision: i32,
    /// Who turned them last.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// When.
    pub changed_at: Moment,
    /// Why; needed for opening again.
    pub reason: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! One turn of a year's books: opened, closed, opened again.

use keqiao_access::RegionCode;
use keqiao_accounts::BooksState;
use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One turn.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "books_turn")]
pub struct Model {
    /// The region of the department.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// Fiscal year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Which turn, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    /// What they were turned to.
    pub state: BooksState,
    /// By whom.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

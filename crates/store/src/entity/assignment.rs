//! 测算: a what-if sheet of who could serve whom.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// Where its demands are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// From 1, within the region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub account_id: AccountId,
    /// The name of who made it.
    pub author: String,
    /// What is in it, as JSON.
    pub plan: String,
    /// When it was made.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

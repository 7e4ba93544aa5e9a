//! An entry of the chained log.

use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "log")]
pub struct Model {
    /// Place in the chain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Which account.
    pub account_id: Option<AccountId>,
    /// The name of who acted, as it was then.
    pub name: String,
    /// Network address.
    pub address: String,
    /// What was done.
    pub action: String,
    /// To what: `kind:id`.
    pub subject: String,
    /// More: JSON.
    pub detail: String,
    /// Hash of the entry before.
    pub prev: String,
    /// Hash of this entry.
    pub hash: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

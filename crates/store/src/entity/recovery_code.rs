//! A code that opens an account once when the phone is gone.

use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// Its hash.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// When it was used.
    pub used_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A link to set a new password, made by an administrator, good once.

use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reset_link")]
pub struct Model {
    /// Hash of its key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Whose password.
    pub account_id: AccountId,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub made_at: Moment,
    /// Until when.
    pub expires_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Which account somebody is who signs in through a provider.

use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_link")]
pub struct Model {
    /// The provider.
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer: String,
    /// Who it is there.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// Who it is here.
    pub account_id: AccountId,
    /// When.
    pub linked_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

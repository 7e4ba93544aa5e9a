//! A search that somebody keeps, and how much is new in it.

use keqiao_base::{AccountId, Moment, SavedSearchId};
use sea_orm::entity::prelude::*;

/// One search.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_search")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedSearchId,
    /// Whose it is.
    pub account_id: AccountId,
    /// What it is called.
    pub title: String,
    /// The query of the address: words and filters.
    pub query: String,
    /// When its hits were last looked at.
    pub seen_at: Moment,
    /// Hits listed since then.
    pub fresh: i32,
    /// When it was kept.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A file that somebody sent and may put into a record.

use keqiao_base::{AccountId, Moment};
use sea_orm::entity::prelude::*;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_upload")]
pub struct Model {
    /// Who sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// SHA-256.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// What they call it.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// What the camera wrote: JSON.
    pub taken: String,
    /// When.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

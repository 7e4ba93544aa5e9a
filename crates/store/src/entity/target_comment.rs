//! A remark to a target. Never changed.

use keqiao_base::{AccountId, CommentId, Moment, TargetId};
use sea_orm::entity::prelude::*;

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_comment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommentId,
    /// To which target.
    pub target_id: TargetId,
    /// The version it was written to.
    pub version: i32,
    /// Who wrote it.
    pub account_id: AccountId,
    /// The name of who wrote it.
    pub author: String,
    /// The words.
    pub words: String,
    /// When it was made.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

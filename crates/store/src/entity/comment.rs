//! A remark under a finding.

use keqiao_base::{AccountId, CommentId, FindingId, Moment};
use sea_orm::entity::prelude::*;

/// One remark; never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommentId,
    /// Under which finding.
    pub finding_id: FindingId,
    /// Who wrote it.
    pub account_id: AccountId,
    /// The name of who wrote it.
    pub author: String,
    /// The words.
    pub words: String,
    /// When.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

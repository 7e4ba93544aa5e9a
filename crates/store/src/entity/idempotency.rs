//! The answer that was given to a write, so that the same write sent again gets the same answer and happens once.

use keqiao_base::Moment;
use sea_orm::entity::prelude::*;

/// One remembered answer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Who wrote and the key they sent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of method, path and body, in hex: the same key for another write is refused.
    pub request: String,
    /// The status; 0 while the write is under way.
    pub status: i32,
    /// The answer's body.
    pub body: String,
    /// When.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

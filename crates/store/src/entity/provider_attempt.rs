//! A sign-in through a provider that is under way.

use keqiao_base::Moment;
use sea_orm::entity::prelude::*;

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_attempt")]
pub struct Model {
    /// Hash of the state that must come back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    /// What the identity token must carry.
    pub nonce: String,
    /// What proves that the code is ours (PKCE).
    pub verifier: String,
    /// Where to go afterwards: a path of our own.
    pub return_to: String,
    /// Until when.
    pub expires_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

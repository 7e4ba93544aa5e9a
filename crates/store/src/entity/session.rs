//! One signed-in browser.

use keqiao_base::{AccountId, Moment, SessionId};
use sea_orm::entity::prelude::*;

/// One session.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Id: shown, not secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose.
    pub account_id: AccountId,
    /// Hash of the cookie's key.
    pub hash: String,
    /// Whether the second factor is still to come: until then it opens nothing.
    pub waits: bool,
    /// Network address at sign-in.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// Since when.
    pub created_at: Moment,
    /// Last seen, to within some minutes.
    pub seen_at: Moment,
    /// Until when.
    pub expires_at: Moment,
    /// When it was ended.
    pub ended_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A key for programs.

use keqiao_base::{AccountId, Moment, TokenId};
use sea_orm::entity::prelude::*;

/// One key.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Id: shown, not secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TokenId,
    /// Whose.
    pub account_id: AccountId,
    /// What it is for.
    pub title: String,
    /// Its hash.
    pub hash: String,
    /// Its first characters, to tell keys apart.
    pub shown: String,
    /// Codes of scopes, with spaces between.
    pub scopes: String,
    /// When it was made.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
    /// Last used, to within some minutes.
    pub used_at: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

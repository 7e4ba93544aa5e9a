//! What somebody did with a listing. Appended only.

use keqiao_base::{AccountId, ListingId, Moment};
use keqiao_exchange::choice::ListingAct;
use sea_orm::entity::prelude::*;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing_act")]
pub struct Model {
    /// The listing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: ListingId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// What was done.
    pub act: ListingAct,
    /// Who; nobody for the machine.
    pub account_id: Option<AccountId>,
    /// The name of who.
    pub name: String,
    /// Words beside it.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A file of a listing, in one of three layers.

use keqiao_base::{ListingId, Moment};
use keqiao_exchange::disclosure::Layer;
use sea_orm::entity::prelude::*;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing_file")]
pub struct Model {
    /// The listing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: ListingId,
    /// Its number, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Who may open it.
    pub layer: Layer,
    /// What it contains, by SHA-256.
    pub hash: String,
    /// What it was called.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Whether its owner took it out.
    pub removed: bool,
    /// When it was added.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! 意向: somebody wants to talk about a listing, and what came of it.

use keqiao_base::{AccountId, Day, InterestId, ListingId, Moment};
use keqiao_exchange::choice::{DeclineReason, InterestState};
use sea_orm::entity::prelude::*;

/// One interest.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "interest")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InterestId,
    /// The listing.
    pub listing_id: ListingId,
    /// The version that was read.
    pub version: i32,
    /// The listing of who asks that goes with it.
    pub own_listing_id: Option<ListingId>,
    /// Who asks.
    pub account_id: AccountId,
    /// The name of who asks.
    pub name: String,
    /// How to reach who asks; shown once both are interested.
    pub phone: String,
    /// What was written.
    pub words: String,
    /// What came of it.
    pub state: InterestState,
    /// Why it was declined.
    pub reason: Option<DeclineReason>,
    /// Words beside the answer.
    pub answer: String,
    /// Until when an answer is owed.
    pub due_day: Day,
    /// When it was asked.
    pub at: Moment,
    /// When it was answered.
    pub answered_at: Option<Moment>,
    /// When who asks promised confidence.
    pub sworn_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! 补充说明: a round of questions on a demand, and what came of it.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, ListingId, Moment};
use keqiao_exchange::clarify::RoundState;
use sea_orm::entity::prelude::*;

/// One round.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clarification")]
pub struct Model {
    /// The demand.
    #[sea_orm(primary_key, auto_increment = false)]
    pub listing_id: ListingId,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Where the demand belongs.
    pub region: RegionCode,
    /// Who asks.
    pub asker_id: AccountId,
    /// The name of who asks.
    pub asker: String,
    /// A list of texts as JSON.
    pub questions: String,
    /// By when they are answered.
    pub due_day: Day,
    /// Where it stands.
    pub state: RoundState,
    /// A list of texts as JSON, one for each question; empty until answered.
    pub answers: String,
    /// Why it was taken back.
    pub words: String,
    /// The name of who answered or took it back.
    pub closer: Option<String>,
    /// When it was asked.
    pub at: Moment,
    /// When it was answered or taken back.
    pub closed_at: Option<Moment>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What somebody said of a match, with what the ranking saw.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, JudgementId, ListingId, Moment};
use keqiao_exchange::choice::MissReason;
use sea_orm::entity::prelude::*;

/// One judgement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "judgement")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JudgementId,
    /// Who judges.
    pub account_id: AccountId,
    /// The listing that was matched.
    pub from_id: ListingId,
    /// The listing that was found.
    pub to_id: ListingId,
    /// The region of the one that was matched.
    pub region: RegionCode,
    /// Its discipline; may be empty.
    pub discipline: String,
    /// Whether it is of use.
    pub useful: bool,
    /// Why not.
    pub reason: Option<MissReason>,
    /// The place it was shown at, from 1.
    pub place: i32,
    /// Which ranking showed it.
    pub ranker: String,
    /// What that ranking saw, as JSON.
    pub features: String,
    /// When.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

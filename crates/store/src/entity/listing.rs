//! 供需信息: an offer, a demand or a question.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, ListingId, Moment, OrganisationId};
use keqiao_exchange::choice::{ListingKind, ListingSource, ListingState};
use sea_orm::entity::prelude::*;

/// One listing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "listing")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ListingId,
    /// What it is.
    pub kind: ListingKind,
    /// Where it belongs; the association there looks after it.
    pub region: RegionCode,
    /// Where it stands.
    pub state: ListingState,
    /// Its title as everybody reads it.
    pub title: String,
    /// Its fields as they were typed: `exchange::listing::Cells` as JSON.
    pub cells: String,
    /// Code of GB/T 13745; may be empty.
    pub discipline: String,
    /// Code of GB/T 4754; may be empty.
    pub industry: String,
    /// Code of the technology field; may be empty.
    pub technology: String,
    /// Points of its clarity, 0 to 100.
    pub clarity: i32,
    /// Whose it is; nobody when it was written for somebody without an account.
    pub owner_id: Option<AccountId>,
    /// The name of whose it is.
    pub owner: String,
    /// The organisation of the directory that its owner acts for.
    pub organisation_id: Option<OrganisationId>,
    /// How to reach its owner; shown after mutual interest only.
    pub phone: String,
    /// Who wrote it.
    pub publisher_id: AccountId,
    /// The name of who wrote it.
    pub publisher: String,
    /// How it came about.
    pub source: ListingSource,
    /// When its owner confirmed the text; nothing when somebody else wrote it and was not heard.
    pub consent_at: Option<Moment>,
    /// What made an officer look: codes of `exchange::life::Risk` as JSON.
    pub risks: String,
    /// The code of the reason for which it was returned or frozen.
    pub reason: Option<String>,
    /// Words beside that reason.
    pub words: String,
    /// Who returned or froze it.
    pub decider_id: Option<AccountId>,
    /// Counts what was listed; 0 until then.
    pub version: i32,
    /// When it was handed in last.
    pub submitted_at: Option<Moment>,
    /// When it was listed first.
    pub listed_at: Option<Moment>,
    /// When its owner last said that it holds.
    pub confirmed_at: Option<Moment>,
    /// The last day of its term.
    pub valid_until: Option<Day>,
    /// Counts changes; a write made from an older one is refused.
    pub revision: i32,
    /// When it was begun.
    pub created_at: Moment,
    /// Last change.
    pub updated_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

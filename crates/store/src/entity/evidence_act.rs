//! One act on a record, in its place in the chain.

use keqiao_base::{AccountId, EvidenceId, Moment};
use keqiao_evidence::ActKind;
use sea_orm::entity::prelude::*;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_act")]
pub struct Model {
    /// Place in the chain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// By which account.
    pub account_id: Option<AccountId>,
    /// The name they had then.
    pub name: String,
    /// On which record.
    pub evidence: EvidenceId,
    /// What was done.
    pub what: ActKind,
    /// More: JSON.
    pub detail: String,
    /// Hash of the act before.
    pub prev: String,
    /// Hash of this one.
    pub hash: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

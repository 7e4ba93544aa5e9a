//! One step of an identity: who, when, why.

use keqiao_access::identity::{DocumentKind, StepKind};
use keqiao_base::{AccountId, IdentityStepId, Moment, OrganisationId};
use sea_orm::entity::prelude::*;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_step")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityStepId,
    /// Whose identity.
    pub account_id: AccountId,
    /// Its place among the steps of the account, from 1.
    pub number: i32,
    /// What was done.
    pub kind: StepKind,
    /// When.
    pub at: Moment,
    /// Who did it.
    pub by_account: AccountId,
    /// Their name then.
    pub by_name: String,
    /// For which organisation they vouched.
    pub organisation_id: Option<OrganisationId>,
    /// Why.
    pub reason: String,
    /// Which document was seen.
    pub document: Option<DocumentKind>,
    /// Keyed hash of its number.
    pub number_hash: Option<String>,
    /// Dots and the last two characters of its number.
    pub number_shown: Option<String>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

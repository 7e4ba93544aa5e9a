//! A role that an account holds for a region.

use keqiao_access::{RegionCode, StaffRole};
use keqiao_base::{AccountId, Moment, OrganisationId};
use sea_orm::entity::prelude::*;

/// One held role.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_role")]
pub struct Model {
    /// Who holds it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: StaffRole,
    /// For which region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// At which association of the directory.
    pub association_id: Option<OrganisationId>,
    /// Who granted it; none for the first administrator.
    pub granted_by: Option<AccountId>,
    /// When.
    pub granted_at: Moment,
    /// Why.
    pub reason: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

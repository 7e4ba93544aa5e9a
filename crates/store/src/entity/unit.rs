//! 预算单位: one body of a department whose money is kept apart.

use keqiao_access::RegionCode;
use keqiao_accounts::UnitKind;
use keqiao_base::{Moment, UnitId};
use sea_orm::entity::prelude::*;

/// One unit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unit")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnitId,
    /// The region of its department.
    pub region: RegionCode,
    /// Its name, as it stands on reports.
    pub name: String,
    /// What kind of unit it is.
    pub kind: UnitKind,
    /// Whether new projects and lines may be booked to it.
    pub active: bool,
    /// Counts changes; a write made from an older one is refused.
    pub revision: i32,
    /// When it was made.
    pub created_at: Moment,
    /// Last change.
    pub updated_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

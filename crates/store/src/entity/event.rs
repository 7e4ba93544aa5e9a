//! A change that browsers may want to hear of.

use keqiao_base::Moment;
use sea_orm::entity::prelude::*;

/// One row per change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Order of recording.
    #[sea_orm(primary_key)]
    pub seq: i64,
    /// What listeners ask for: `desk`, `report:<id>`, `job:<id>`.
    pub topic: String,
    /// What happened, with what the browser needs to tell: JSON.
    pub payload: String,
    /// When.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

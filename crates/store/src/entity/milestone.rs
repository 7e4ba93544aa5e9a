//! What must be reached by the end of a month, instead of a twelfth of the target each month.

use keqiao_base::IndicatorId;
use sea_orm::entity::prelude::*;

/// One milestone.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone")]
pub struct Model {
    /// Its indicator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator_id: IndicatorId,
    /// The version of the target.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// 1 to 12.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// Reached since January, in ten-thousandths.
    pub value: i64,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

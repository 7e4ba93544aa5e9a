//! An indicator in one version of a target; its id stays through the versions. Values and weight in ten-thousandths.

use keqiao_base::{Fen, IndicatorId, TargetId};
use keqiao_performance::{Level1, Level2, Operator};
use sea_orm::entity::prelude::*;

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IndicatorId,
    /// The version of the target.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Its target.
    pub target_id: TargetId,
    /// Its place in the form, from 0.
    pub position: i32,
    /// 一级指标.
    pub level1: Level1,
    /// 二级指标.
    pub level2: Level2,
    /// 三级指标.
    pub name: String,
    /// How the actual is held against the target.
    pub operator: Operator,
    /// The target value.
    pub lower: Option<i64>,
    /// The upper end of a range.
    pub upper: Option<i64>,
    /// The level of a qualitative one.
    pub words: Option<String>,
    /// Unit.
    pub unit: String,
    /// 分值.
    pub weight: i64,
    /// Whether it applies this year.
    pub applies: bool,
    /// What one unit costs.
    pub unit_cost: Option<Fen>,
    /// What the target is compared with.
    pub baseline: Option<i64>,
    /// Earlier years: JSON.
    pub history: String,
    /// What exactly is counted.
    pub definition: String,
    /// Where the actual comes from: JSON of `Measure`.
    pub measure: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A row of an evaluation: the target as it stood, the actual with where it came from, score and reason.

use keqiao_base::{EvaluationId, FigureId, IndicatorId, StatementId};
use keqiao_performance::Reached;
use keqiao_performance::deviation::Why;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation_row")]
pub struct Model {
    /// Its evaluation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub evaluation_id: EvaluationId,
    /// Its place, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The indicator; none in a table of points.
    pub indicator_id: Option<IndicatorId>,
    /// First level, as the form names it.
    pub level1: String,
    /// Second level.
    pub level2: String,
    /// Third level.
    pub name: String,
    /// The indicator as it stood: JSON.
    pub indicator: Option<String>,
    /// The weight that counts.
    pub weight: i64,
    /// The figure that the actual is.
    pub figure_id: Option<FigureId>,
    /// The statement that the actual is.
    pub statement_id: Option<StatementId>,
    /// The actual.
    pub value: Option<i64>,
    /// How far, for a qualitative one.
    pub reached: Option<Reached>,
    /// The actual in words.
    pub words: String,
    /// The score.
    pub score: Option<i64>,
    /// Why a reason is needed.
    pub why: Option<Why>,
    /// 偏差原因分析及改进措施.
    pub reason: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

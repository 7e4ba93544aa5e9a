//! An evaluation: of a target by who did the work, by the department, or an independent one beside another. Scores in ten-thousandths.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, EvaluationId, Moment, TargetId};
use keqiao_performance::evaluation::{EvaluationKind, EvaluationState};
use sea_orm::entity::prelude::*;

/// One evaluation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvaluationId,
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// Who evaluates.
    pub kind: EvaluationKind,
    /// Of which target; none when a department is judged by a table of points.
    pub target_id: Option<TargetId>,
    /// The version that it holds the actuals against; 0 without a target.
    pub target_version: i32,
    /// The evaluation that this one stands beside.
    pub of_id: Option<EvaluationId>,
    /// Code of the profile that scores it.
    pub profile: String,
    /// Name of the project, or of the department.
    pub name: String,
    /// How far it is.
    pub state: EvaluationState,
    /// The money block: JSON of `Money`.
    pub money: String,
    /// Weight of the execution of the budget.
    pub execution_weight: i64,
    /// Its score.
    pub execution_score: i64,
    /// Why so little of the budget was executed.
    pub execution_reason: String,
    /// The total.
    pub total: i64,
    /// The word for the total; empty while it is not complete.
    pub band: String,
    /// 年度总体目标实际完成情况.
    pub achieved: String,
    /// Problems.
    pub problems: String,
    /// Suggestions.
    pub suggestions: String,
    /// Who evaluates.
    pub evaluator_id: AccountId,
    /// The name of who evaluates.
    pub evaluator: String,
    /// When it was submitted.
    pub submitted_at: Option<Moment>,
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

//! A problem found, on its way to being put right (整改).

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Day, EvaluationId, EvidenceId, IndicatorId, Moment, TargetId, TaskId};
use keqiao_performance::task::{TaskKind, TaskState};
use sea_orm::entity::prelude::*;

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaskId,
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// Where the problem was found.
    pub kind: TaskKind,
    /// The target that it is about.
    pub target_id: Option<TargetId>,
    /// The evaluation that found it.
    pub evaluation_id: Option<EvaluationId>,
    /// The indicator that it is about.
    pub indicator_id: Option<IndicatorId>,
    /// What is wrong.
    pub finding: String,
    /// What is to be done.
    pub measure: String,
    /// Who is to do it.
    pub owner_id: AccountId,
    /// The name of who is to do it.
    pub owner: String,
    /// The day by which it is to be done.
    pub due_day: Day,
    /// How far it is.
    pub state: TaskState,
    /// What was done.
    pub proof: String,
    /// The evidence that proves it.
    pub evidence_id: Option<EvidenceId>,
    /// The file that proves it, by SHA-256.
    pub file_hash: Option<String>,
    /// What that file was called.
    pub file_name: Option<String>,
    /// When it was done.
    pub done_at: Option<Moment>,
    /// The name of who confirmed it.
    pub confirmer: Option<String>,
    /// The task of last year that it goes on.
    pub carried_from: Option<TaskId>,
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

//! A target: what hangs together through its versions.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Moment, ProjectId, TargetId};
use keqiao_performance::TargetState;
use sea_orm::entity::prelude::*;

/// One target; its content is in its versions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TargetId,
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// Its project; none for the department as a whole.
    pub project_id: Option<ProjectId>,
    /// Name of the project, or of the department.
    pub name: String,
    /// Whether the project is new: then it needs an evaluation before it begins (PR-2).
    pub is_new: bool,
    /// The evaluation before it begins: JSON of `ExAnte`.
    pub ex_ante: Option<String>,
    /// Number of the newest version.
    pub version: i32,
    /// Number of the version that binds; 0 when there is none.
    pub approved: i32,
    /// State of the newest version.
    pub state: TargetState,
    /// Who answers for it.
    pub owner_id: AccountId,
    /// The name of who answers for it.
    pub owner: String,
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

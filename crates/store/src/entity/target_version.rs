//! One version of a target: what it says, who wrote, submitted and reviewed it.

use keqiao_base::{AccountId, Fen, Moment, TargetId};
use keqiao_performance::{TargetState, Tree};
use sea_orm::entity::prelude::*;

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_version")]
pub struct Model {
    /// Its target.
    #[sea_orm(primary_key, auto_increment = false)]
    pub target_id: TargetId,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// How far it is.
    pub state: TargetState,
    /// What the project does.
    pub description: String,
    /// 年度总体目标.
    pub goal: String,
    /// Budget of the year.
    pub budget: Fen,
    /// Which tree its form uses.
    pub tree: Tree,
    /// Code of the profile that scores it.
    pub profile: String,
    /// Why it differs from the version before; empty for the first.
    pub reason: String,
    /// Who began it.
    pub author_id: AccountId,
    /// The name of who began it.
    pub author: String,
    /// Who submitted it.
    pub submitter_id: Option<AccountId>,
    /// The name of who submitted it.
    pub submitter: Option<String>,
    /// When.
    pub submitted_at: Option<Moment>,
    /// Who returned or approved it.
    pub reviewer_id: Option<AccountId>,
    /// The name of who returned or approved it.
    pub reviewer: Option<String>,
    /// What they said.
    pub review: Option<String>,
    /// When.
    pub reviewed_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

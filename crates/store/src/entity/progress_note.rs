//! What people say to the progress of a goal in a month (PR-33).

use keqiao_base::{AccountId, IndicatorId, Moment};
use keqiao_performance::light::{Cause, Light, Likelihood};
use sea_orm::entity::prelude::*;

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_note")]
pub struct Model {
    /// Of which indicator.
    #[sea_orm(primary_key, auto_increment = false)]
    pub indicator_id: IndicatorId,
    /// As of the end of this month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// The light that was set by hand, for a qualitative one.
    pub light: Option<Light>,
    /// Why it is behind.
    pub cause: Option<Cause>,
    /// Whether the target will be reached.
    pub likelihood: Option<Likelihood>,
    /// In words.
    pub words: String,
    /// Who wrote it.
    pub account_id: AccountId,
    /// The name of who wrote it.
    pub account: String,
    /// Counts changes; a write made from an older one is refused.
    pub revision: i32,
    /// Last change.
    pub updated_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

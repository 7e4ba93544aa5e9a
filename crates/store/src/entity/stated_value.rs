//! A value that a person states and signs. Never changed, only followed by a later one.

use keqiao_base::{AccountId, IndicatorId, Moment, StatementId};
use keqiao_performance::Reached;
use sea_orm::entity::prelude::*;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stated_value")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StatementId,
    /// Of which indicator.
    pub indicator_id: IndicatorId,
    /// The year.
    pub year: i32,
    /// As of the end of this month.
    pub month: i32,
    /// Ten-thousandths; nothing for a qualitative one.
    pub value: Option<i64>,
    /// How far, for a qualitative one.
    pub reached: Option<Reached>,
    /// In words.
    pub words: String,
    /// The proof, by SHA-256.
    pub file_hash: Option<String>,
    /// What the proof was called.
    pub file_name: Option<String>,
    /// Who signs.
    pub signer_id: AccountId,
    /// The name of who signs.
    pub signer: String,
    /// When it was made.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A number that the platform computed, with what is behind it. Never changed, only followed by a later one.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, FigureId, IndicatorId, Moment};
use sea_orm::entity::prelude::*;

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "figure")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FigureId,
    /// Of which indicator.
    pub indicator_id: IndicatorId,
    /// The department.
    pub region: RegionCode,
    /// The year.
    pub year: i32,
    /// From January to the end of this month.
    pub month: i32,
    /// How it was computed: JSON of `Measure`.
    pub measure: String,
    /// Ten-thousandths; nothing when there was nothing to divide by.
    pub value: Option<i64>,
    /// Rows behind it.
    pub row_count: i64,
    /// The end of the evidence chain that it was read at.
    pub chain: i64,
    /// Who froze it.
    pub account_id: AccountId,
    /// The name of who froze it.
    pub account: String,
    /// When it was made.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

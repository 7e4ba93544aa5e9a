//! 预约: a visit to a base or a meeting with a studio.

use keqiao_base::{AccountId, BookingId, Day, Moment, StudioId};
use keqiao_exchange::choice::{BookingState, Session};
use sea_orm::entity::prelude::*;

/// One booking.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "booking")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BookingId,
    /// Where.
    pub studio_id: StudioId,
    /// Who booked.
    pub account_id: AccountId,
    /// The name of who booked.
    pub name: String,
    /// How to reach who booked.
    pub phone: String,
    /// Which day.
    pub day: Day,
    /// Which part of it.
    pub session: Session,
    /// How many come.
    pub people: i32,
    /// What for.
    pub purpose: String,
    /// What became of it.
    pub state: BookingState,
    /// What the studio said.
    pub answer: String,
    /// Counts changes.
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

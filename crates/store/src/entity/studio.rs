//! 科创工作室、服务机构、科普基地: who offers under one roof, with hours and places.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Moment, OrganisationId, StudioId};
use keqiao_exchange::choice::{StudioKind, StudioState};
use sea_orm::entity::prelude::*;

/// One studio.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "studio")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StudioId,
    /// Which of the three.
    pub kind: StudioKind,
    /// Where it is.
    pub region: RegionCode,
    /// Its name.
    pub name: String,
    /// Who keeps it.
    pub owner_id: AccountId,
    /// The name of who keeps it.
    pub owner: String,
    /// The organisation of the directory.
    pub organisation_id: Option<OrganisationId>,
    /// What it does.
    pub words: String,
    /// Where one goes.
    pub address: String,
    /// How to reach it; public when its owner writes it here.
    pub phone: String,
    /// Days that can be booked: codes of weekday and session as JSON.
    pub hours: String,
    /// People a session.
    pub places: i32,
    /// Whether it can be booked.
    pub booked: bool,
    /// Where it stands.
    pub state: StudioState,
    /// Why it was returned.
    pub reason: Option<String>,
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

//! A file of a record, by what it contains.

use keqiao_base::{Day, EvidenceId};
use keqiao_evidence::FileRole;
use sea_orm::entity::prelude::*;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub struct Model {
    /// Of which record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub evidence: EvidenceId,
    /// Its number there, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// SHA-256.
    pub hash: String,
    /// What it shows.
    pub role: FileRole,
    /// What whoever sent it called it.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// The day the camera wrote.
    pub taken_day: Option<Day>,
    /// Hour and minute, or empty.
    pub taken_time: String,
    /// The place the camera wrote, in millionths of a degree north.
    pub lat: Option<i64>,
    /// And east.
    pub lon: Option<i64>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

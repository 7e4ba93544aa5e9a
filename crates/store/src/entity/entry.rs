//! An entry of the directory, whichever list it stands in.

use keqiao_access::{Grade, RegionCode};
use keqiao_base::{EntryId, ImportId, Moment};
use keqiao_directory::ListKind;
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// Where an entry stands.
    pub enum State {
        /// In the lists.
        Active = "active" => ("正常", "Active"),
        /// Taken out by a person, or by undoing an import.
        Voided = "voided" => ("已作废", "Voided"),
        /// Another entry holds what it held.
        Merged = "merged" => ("已合并", "Merged"),
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntryId,
    /// Which list.
    pub list: ListKind,
    /// Where it stands.
    pub state: State,
    /// The name, for lists of counterparts.
    pub name: String,
    /// What it is sorted by: pinyin, then the name.
    pub sort: String,
    /// The region it belongs to, which decides who sees it.
    pub region: RegionCode,
    /// The kind of an organisation; empty for people.
    pub kind: String,
    /// The level of an expert; empty for organisations.
    pub level: String,
    /// How well it is known who this is.
    pub grade: Grade,
    /// All values: JSON of a `Person` or an `Organisation`.
    pub data: String,
    /// Where it went when it was merged.
    pub merged_into: Option<EntryId>,
    /// The import that made it.
    pub import: Option<ImportId>,
    /// Counts its changes; forms carry it.
    pub revision: i32,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

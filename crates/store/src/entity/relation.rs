//! A link between two entries of the directory.

use keqiao_base::{EntryId, Moment, RelationId};
use keqiao_directory::RelationKind;
use sea_orm::entity::prelude::*;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "relation")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RelationId,
    /// How the first belongs to the second.
    pub kind: RelationKind,
    /// The first.
    pub from_entry: EntryId,
    /// The second.
    pub to_entry: EntryId,
    /// Since which day; empty when unknown.
    pub since: String,
    /// Until which day; empty while it lasts.
    pub until: String,
    /// When it was entered.
    pub created_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

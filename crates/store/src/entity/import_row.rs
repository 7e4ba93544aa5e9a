//! One row of an import that somebody should look at: it is at fault, or it may stand in the directory already.

use keqiao_base::ImportId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_row")]
pub struct Model {
    /// Of which import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import: ImportId,
    /// The number that the spreadsheet gives it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Whether it cannot be imported.
    pub at_fault: bool,
    /// The name in it.
    pub name: String,
    /// What is wrong: JSON of notes.
    pub notes: String,
    /// What it may repeat: JSON.
    pub counterparts: String,
    /// What is to be done: `new`, `skip` or `merge`.
    pub choice: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

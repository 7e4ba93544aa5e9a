//! A version as marked HTML, deflated.

use keqiao_base::VersionId;
use sea_orm::entity::prelude::*;

/// The text of one version.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "version_text")]
pub struct Model {
    /// The version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_id: VersionId,
    /// Deflated HTML.
    pub body: Vec<u8>,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

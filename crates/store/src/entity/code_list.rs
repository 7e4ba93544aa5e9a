//! The codes of a year, as a department imported them.

use keqiao_access::RegionCode;
use keqiao_accounts::codes::CodeKind;
use sea_orm::entity::prelude::*;

/// One code.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "code_list")]
pub struct Model {
    /// The region of the department.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// Fiscal year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Which classification.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: CodeKind,
    /// 3, 5 or 7 digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Its name in the year.
    pub name: String,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

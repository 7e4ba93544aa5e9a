//! 项目: money for a purpose, in one year, with the attributes that the forms ask for (PR-8).

use keqiao_access::RegionCode;
use keqiao_accounts::{Fund, MoneySource, ProjectCategory, ProjectDuration, ProjectNature};
use keqiao_base::{Fen, Moment, ProjectId, UnitId};
use sea_orm::entity::prelude::*;

/// One project of one year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProjectId,
    /// The unit that carries it out.
    pub unit_id: UnitId,
    /// The region of its department.
    pub region: RegionCode,
    /// Fiscal year.
    pub year: i32,
    /// 项目编码, unique in the year.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the money is for, in words; what targets are compared with (PR-5).
    pub description: String,
    /// 项目类别.
    pub category: ProjectCategory,
    /// 项目属性.
    pub nature: ProjectNature,
    /// 项目类型.
    pub duration: ProjectDuration,
    /// 资金性质.
    pub source: MoneySource,
    /// The fund that it is paid from, for the public tables.
    pub fund: Fund,
    /// 年初预算.
    pub budget: Fen,
    /// Counts changes; a write made from an older one is refused.
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

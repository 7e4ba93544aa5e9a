//! What is stated once a year for a unit, beside the lines.

use keqiao_access::RegionCode;
use keqiao_base::{AccountId, Moment, UnitId};
use sea_orm::entity::prelude::*;

keqiao_base::coded! {
    /// What a statement states.
    pub enum StatementKind {
        /// 收入: a list of what was received.
        Income = "income" => ("收入", "Income"),
        /// 年初结转和结余: a list of what was carried over.
        Opening = "opening" => ("年初结转和结余", "Opening balances"),
        /// 结余动用与分配, and the stated adjustment of the opening balance.
        Balance = "balance" => ("结余动用与分配", "Use of surplus"),
        /// “三公”经费
        ThreePublic = "three_public" => ("“三公”经费", "Travel abroad, vehicles, receptions"),
        /// 政府采购
        Procurement = "procurement" => ("政府采购", "Procurement"),
        /// 国有资产
        Assets = "assets" => ("国有资产", "Assets"),
        /// 编制与人员
        Headcount = "headcount" => ("编制与人员", "Headcount"),
    }
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    /// The region of the department.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: RegionCode,
    /// Fiscal year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Its unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: UnitId,
    /// What it states.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: StatementKind,
    /// JSON of the domain's own type.
    pub data: String,
    /// Counts changes; a write made from an older one is refused.
    pub revision: i32,
    /// Who wrote it last.
    pub account: AccountId,
    /// The name they had then.
    pub account_name: String,
    /// When.
    pub updated_at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

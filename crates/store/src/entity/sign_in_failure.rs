//! Failures to sign in, by login or by network address.

use keqiao_base::Moment;
use sea_orm::entity::prelude::*;

/// One count.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub struct Model {
    /// `login:…` or `address:…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// In a row.
    pub failures: i32,
    /// Until when nobody gets in.
    pub locked_until: Option<Moment>,
    /// The last one.
    pub at: Moment,
}

/// No relations.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

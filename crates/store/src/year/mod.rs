//! What a department's year hangs on: units, projects, books. Lists are cut to regions here, in the query.

pub mod books;
pub mod project;
pub mod unit;

use keqiao_access::RegionCode;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

/// Rows whose region column lies in these regions; of no region, nothing.
pub(crate) fn within(column: impl ColumnTrait, regions: &[RegionCode]) -> Condition {
    let none = Condition::any().add(Expr::val(1).eq(0));
    regions.iter().fold(none, |any, r| any.add(column.between(r.first(), r.last())))
}

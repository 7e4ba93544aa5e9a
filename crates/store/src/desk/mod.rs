//! Queries of the report desk. Lists are cut to regions here, in the query.

pub mod assignee;
pub mod finding;
pub mod report;
pub mod tally;
pub mod upload;

use keqiao_access::RegionCode;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, SimpleExpr};

use crate::entity::report::Column;

/// Reports of these regions and of what lies in them.
pub(super) fn within(regions: &[RegionCode]) -> Condition {
    use sea_orm::ColumnTrait;
    let one = |r: &RegionCode| Column::Region.between(r.first(), r.last());
    // Of no region, nothing: an empty "any" would be everything.
    regions.iter().map(one).fold(Condition::any().add(Expr::val(1).eq(0)), Condition::add)
}

/// Words anywhere in a column, taken as they stand.
pub(crate) fn holds(column: impl sea_orm::ColumnTrait, words: &str) -> SimpleExpr {
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    column.into_expr().like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

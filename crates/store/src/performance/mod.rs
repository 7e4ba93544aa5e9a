//! Queries of targets, monitoring, evaluations and tasks. Lists are cut to regions here, in the query.

pub mod drift;
pub mod evaluation;
pub mod figure;
pub mod target;
pub mod task;

use keqiao_access::RegionCode;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

/// Rows whose region is one of these or lies in them.
pub(crate) fn within(column: impl sea_orm::ColumnTrait, regions: &[RegionCode]) -> Condition {
    // Of no region, nothing: an empty "any" would be everything.
    regions.iter().fold(Condition::any().add(Expr::val(1).eq(0)), |any, r| any.add(column.between(r.first(), r.last())))
}

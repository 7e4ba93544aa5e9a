//! The figures of the dashboard: findings by rule, body, year and level. One grouped query each.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::finding::{FindingFilter, FindingLevel, FindingState};
use super::report::ReportFilter;
use crate::entity::finding::Column;
use crate::entity::report;

/// The rules found most often: code, findings, and how many of them were false alarms.
///
/// # Errors
/// When the database does not answer.
pub async fn by_rule(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
    limit: u64,
) -> Result<Vec<(String, i64, i64)>, DbErr> {
    let wrong = Expr::case(Column::State.eq(FindingState::FalseAlarm), 1).finally(0);
    let query = filter.select().select_only().column(Column::Code).column_as(Column::Id.count(), "n");
    let query = query.expr_as(Expr::expr(wrong).sum(), "wrong").group_by(Column::Code);
    query.order_by_desc(Expr::cust("n")).order_by_asc(Column::Code).limit(limit).into_tuple().all(db).await
}

/// The bodies with most findings: name, findings, open ones.
///
/// # Errors
/// When the database does not answer.
pub async fn by_entity(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
    limit: u64,
) -> Result<Vec<(String, i64, i64)>, DbErr> {
    let open = Expr::case(Column::State.eq(FindingState::Open), 1).finally(0);
    let query = filter.select().select_only().column(report::Column::Entity).column_as(Column::Id.count(), "n");
    let query = query.expr_as(Expr::expr(open).sum(), "still").group_by(report::Column::Entity);
    query.order_by_desc(Expr::cust("n")).order_by_asc(report::Column::Entity).limit(limit).into_tuple().all(db).await
}

/// Findings by year and level, oldest year first.
///
/// # Errors
/// When the database does not answer.
pub async fn by_year(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
) -> Result<Vec<(Option<i32>, FindingLevel, i64)>, DbErr> {
    let query = filter.select().select_only().column(report::Column::Year).column(Column::Level);
    let query = query.column_as(Column::Id.count(), "n").group_by(report::Column::Year).group_by(Column::Level);
    query.order_by_asc(report::Column::Year).into_tuple().all(db).await
}

/// Findings by level and state.
///
/// # Errors
/// When the database does not answer.
pub async fn by_state(
    db: &impl ConnectionTrait,
    filter: &FindingFilter,
) -> Result<Vec<(FindingLevel, FindingState, i64)>, DbErr> {
    let query = filter.select().select_only().column(Column::Level).column(Column::State);
    let query = query.column_as(Column::Id.count(), "n").group_by(Column::Level).group_by(Column::State);
    query.into_tuple().all(db).await
}

/// Reports by how far they are.
///
/// # Errors
/// When the database does not answer.
pub async fn reports(
    db: &impl ConnectionTrait,
    filter: &ReportFilter,
) -> Result<Vec<(report::CheckState, i64)>, DbErr> {
    let query = report::Entity::find().select_only().column(report::Column::State);
    let query = query.column_as(report::Column::Id.count(), "n").filter(filter.condition());
    query.group_by(report::Column::State).into_tuple().all(db).await
}

//! What the ledger and the budget say to an indicator: one amount, and how many lines are behind it.

use keqiao_access::RegionCode;
use keqiao_accounts::BudgetColumn;
use keqiao_base::{Fen, ProjectId};
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::{budget_line, ledger_line};

/// Which lines are summed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyFilter {
    /// Of one project.
    pub project: Option<ProjectId>,
    /// Functional codes that begin so: 类, 款 or 项.
    pub function: Option<String>,
    /// Economic codes that begin so: 类 or 款.
    pub economic: Option<String>,
    /// Up to the end of this month (1 to 12); budgets are not cut.
    pub to_month: Option<i32>,
}

/// What was spent: the sum in 分 and the number of lines.
///
/// # Errors
/// When the database does not answer.
pub async fn executed(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    filter: &MoneyFilter,
) -> Result<(Fen, u64), DbErr> {
    use ledger_line::Column;
    let condition = Condition::all()
        .add(Column::Region.eq(region))
        .add(Column::Year.eq(year))
        .add_option(filter.project.map(|p| Column::ProjectId.eq(p)))
        .add_option(begins(Column::Function, filter.function.as_deref()))
        .add_option(begins(Column::Economic, filter.economic.as_deref()))
        .add_option(filter.to_month.map(|m| Column::Month.lte(m)));
    let query = ledger_line::Entity::find().filter(condition).select_only();
    let row: Option<(Option<i64>, i64)> = query
        .column_as(total(Column::Amount), "total")
        .column_as(Expr::col(Column::Amount).count(), "lines")
        .into_tuple()
        .one(db)
        .await?;
    Ok(answer(row))
}

/// What was budgeted, initial or with all adjustments: the sum in 分 and the number of lines.
///
/// # Errors
/// When the database does not answer.
pub async fn budget(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    filter: &MoneyFilter,
    initial: bool,
) -> Result<(Fen, u64), DbErr> {
    use budget_line::Column;
    let condition = Condition::all()
        .add(Column::Region.eq(region))
        .add(Column::Year.eq(year))
        .add_option(filter.project.map(|p| Column::ProjectId.eq(p)))
        .add_option(begins(Column::Function, filter.function.as_deref()))
        .add_option(begins(Column::Economic, filter.economic.as_deref()))
        .add_option(initial.then(|| Column::Budget.eq(BudgetColumn::Initial)));
    let query = budget_line::Entity::find().filter(condition).select_only();
    let row: Option<(Option<i64>, i64)> = query
        .column_as(total(Column::Amount), "total")
        .column_as(Expr::col(Column::Amount).count(), "lines")
        .into_tuple()
        .one(db)
        .await?;
    Ok(answer(row))
}

fn answer(row: Option<(Option<i64>, i64)>) -> (Fen, u64) {
    let (total, lines) = row.unwrap_or_default();
    (Fen::new(total.unwrap_or_default()), u64::try_from(lines).unwrap_or_default())
}

/// A sum as a 64-bit integer: PostgreSQL sums to numeric.
pub(crate) fn total(column: impl ColumnTrait) -> SimpleExpr {
    Func::cast_as(column.into_expr().sum(), "bigint").into()
}

/// Codes that begin with these digits, as a range that an index answers.
pub(crate) fn begins(column: impl ColumnTrait, prefix: Option<&str>) -> Option<SimpleExpr> {
    let prefix = prefix.filter(|p| !p.is_empty())?;
    Some(column.gte(prefix).and(column.lt(format!("{prefix}:"))))
}

//! Sums of the books, as the public tables and the overview need them.

use keqiao_access::RegionCode;
use keqiao_accounts::{BudgetColumn, Fund, SpendingKind, Spent};
use keqiao_base::{Fen, ProjectId, UnitId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::measure::total;
use crate::entity::{budget_line, ledger_line};

/// One sum of ledger lines with its unit and project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerSum {
    /// The unit.
    pub unit: UnitId,
    /// The project, where there is one.
    pub project: Option<ProjectId>,
    /// The line that stands for all of them; its project is empty.
    pub spent: Spent,
}

type LedgerTuple = (UnitId, Option<ProjectId>, String, String, Fund, SpendingKind, Option<i64>);

/// The ledger of a year summed by unit, project, codes, fund and kind; of one unit when named.
///
/// # Errors
/// When the database does not answer.
pub async fn ledger(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    unit: Option<UnitId>,
) -> Result<Vec<LedgerSum>, DbErr> {
    use ledger_line::Column;
    let keys = [Column::UnitId, Column::ProjectId, Column::Function, Column::Economic, Column::Fund, Column::Kind];
    let mut query =
        ledger_line::Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year)).select_only();
    if let Some(unit) = unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    for key in keys {
        query = query.column(key).group_by(key);
    }
    query = query.order_by_asc(Column::Function).order_by_asc(Column::Economic);
    let rows: Vec<LedgerTuple> = query.column_as(total(Column::Amount), "total").into_tuple().all(db).await?;
    let sum = |(unit, project, function, economic, fund, kind, amount): LedgerTuple| LedgerSum {
        unit,
        project,
        spent: Spent {
            function,
            economic,
            fund,
            kind,
            project: String::new(),
            amount: Fen::new(amount.unwrap_or_default()),
        },
    };
    Ok(rows.into_iter().map(sum).collect())
}

/// What was spent in each month of a year; in 分.
///
/// # Errors
/// When the database does not answer.
pub async fn months(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<[Fen; 12], DbErr> {
    use ledger_line::Column;
    let query = ledger_line::Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    let query = query.select_only().column(Column::Month).group_by(Column::Month);
    let rows: Vec<(i32, Option<i64>)> = query.column_as(total(Column::Amount), "total").into_tuple().all(db).await?;
    let mut out = [Fen::ZERO; 12];
    for (month, amount) in rows {
        let at = usize::try_from(month - 1).unwrap_or(usize::MAX);
        if let Some(cell) = out.get_mut(at) {
            *cell = Fen::new(amount.unwrap_or_default());
        }
    }
    Ok(out)
}

/// One sum of budget lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetSum {
    /// The unit.
    pub unit: UnitId,
    /// The project, where there is one.
    pub project: Option<ProjectId>,
    /// 项.
    pub function: String,
    /// 款; empty when it is budgeted as a whole.
    pub economic: String,
    /// Which money.
    pub fund: Fund,
    /// Initial or adjusted.
    pub budget: BudgetColumn,
    /// How much; in 分.
    pub amount: Fen,
}

type BudgetTuple = (UnitId, Option<ProjectId>, String, String, Fund, BudgetColumn, Option<i64>);

/// The budget of a year summed by unit, project, codes, fund and column.
///
/// # Errors
/// When the database does not answer.
pub async fn budget(db: &impl ConnectionTrait, region: RegionCode, year: i32) -> Result<Vec<BudgetSum>, DbErr> {
    use budget_line::Column;
    let keys = [Column::UnitId, Column::ProjectId, Column::Function, Column::Economic, Column::Fund, Column::Budget];
    let mut query =
        budget_line::Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year)).select_only();
    for key in keys {
        query = query.column(key).group_by(key);
    }
    let rows: Vec<BudgetTuple> = query.column_as(total(Column::Amount), "total").into_tuple().all(db).await?;
    let sum = |(unit, project, function, economic, fund, budget, amount): BudgetTuple| BudgetSum {
        unit,
        project,
        function,
        economic,
        fund,
        budget,
        amount: Fen::new(amount.unwrap_or_default()),
    };
    Ok(rows.into_iter().map(sum).collect())
}

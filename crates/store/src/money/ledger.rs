//! Lines: written many at a time, listed in pages, taken back with their import.

use std::collections::HashMap;

use keqiao_access::RegionCode;
use keqiao_accounts::{Fund, SpendingKind};
use keqiao_base::{BookImportId, Fen, ProjectId, UnitId};
use sea_orm::sea_query::Order;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::measure::{begins, total};
use super::{BudgetLine, LedgerLine};
use crate::entity::{budget_line, ledger_line};
use crate::page::{Page, PageRequest};

/// Rows in one statement: 17 values each, and SQLite takes 32,766.
const PART: usize = 500;

/// Which lines of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Of one project.
    pub project: Option<ProjectId>,
    /// Of one unit.
    pub unit: Option<UnitId>,
    /// Functional codes that begin so.
    pub function: String,
    /// Economic codes that begin so.
    pub economic: String,
    /// Of one fund.
    pub fund: Option<Fund>,
    /// Of one kind.
    pub kind: Option<SpendingKind>,
    /// Of one month.
    pub month: Option<i32>,
    /// Words in the voucher number or the text.
    pub words: String,
    /// Of one import.
    pub import: Option<BookImportId>,
}

keqiao_base::coded! {
    /// By what the ledger is sorted.
    pub enum LedgerSort {
        /// Day, then voucher.
        Day = "day" => ("日期", "Day"),
        /// Amount.
        Amount = "amount" => ("金额", "Amount"),
        /// Functional, then economic code.
        Code = "code" => ("科目", "Codes"),
    }
}

fn select(region: RegionCode, year: i32, filter: &LedgerFilter) -> Select<ledger_line::Entity> {
    use ledger_line::Column;
    let words = (!filter.words.is_empty()).then(|| {
        Condition::any()
            .add(crate::desk::holds(Column::Words, &filter.words))
            .add(crate::desk::holds(Column::Voucher, &filter.words))
    });
    let condition = Condition::all()
        .add(Column::Region.eq(region))
        .add(Column::Year.eq(year))
        .add_option(filter.project.map(|p| Column::ProjectId.eq(p)))
        .add_option(filter.unit.map(|u| Column::UnitId.eq(u)))
        .add_option(begins(Column::Function, Some(&filter.function)))
        .add_option(begins(Column::Economic, Some(&filter.economic)))
        .add_option(filter.fund.map(|f| Column::Fund.eq(f)))
        .add_option(filter.kind.map(|k| Column::Kind.eq(k)))
        .add_option(filter.month.map(|m| Column::Month.eq(m)))
        .add_option(filter.import.map(|i| Column::ImportId.eq(i)))
        .add_option(words);
    ledger_line::Entity::find().filter(condition)
}

/// A page of the ledger, with what all its lines add up to.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    filter: &LedgerFilter,
    (sort, order): (LedgerSort, Order),
    request: PageRequest,
) -> Result<(Page<LedgerLine>, Fen), DbErr> {
    use ledger_line::Column;
    let count = select(region, year, filter).count(db).await?;
    let sum = select(region, year, filter).select_only().column_as(total(Column::Amount), "total");
    let sum: Option<Option<i64>> = sum.into_tuple().one(db).await?;
    let query = select(region, year, filter);
    let query = match sort {
        LedgerSort::Day => query.order_by(Column::Day, order.clone()).order_by(Column::Voucher, order.clone()),
        LedgerSort::Amount => query.order_by(Column::Amount, order.clone()),
        LedgerSort::Code => query.order_by(Column::Function, order.clone()).order_by(Column::Economic, order.clone()),
    };
    let rows = query.order_by(Column::Id, order).offset(request.offset()).limit(request.size).all(db).await?;
    Ok((Page { rows, total: count, request }, Fen::new(sum.flatten().unwrap_or_default())))
}

/// Lines after one, by age: for programs and exports.
///
/// # Errors
/// When the database does not answer.
pub async fn after(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    filter: &LedgerFilter,
    after: Option<keqiao_base::LedgerLineId>,
    limit: u64,
) -> Result<Vec<LedgerLine>, DbErr> {
    use ledger_line::Column;
    let query = select(region, year, filter).filter(Condition::all().add_option(after.map(|id| Column::Id.gt(id))));
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Writes lines of the ledger, many at a time.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(db: &impl ConnectionTrait, lines: Vec<LedgerLine>) -> Result<(), DbErr> {
    let mut lines = lines.into_iter().map(|l| l.into_active_model().reset_all()).peekable();
    while lines.peek().is_some() {
        let part: Vec<_> = lines.by_ref().take(PART).collect();
        ledger_line::Entity::insert_many(part).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes lines of the budget, many at a time.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_budget(db: &impl ConnectionTrait, lines: Vec<BudgetLine>) -> Result<(), DbErr> {
    let mut lines = lines.into_iter().map(|l| l.into_active_model().reset_all()).peekable();
    while lines.peek().is_some() {
        let part: Vec<_> = lines.by_ref().take(PART).collect();
        budget_line::Entity::insert_many(part).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Lines of the budget of a year, oldest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn budget_lines(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    limit: u64,
) -> Result<Vec<BudgetLine>, DbErr> {
    use budget_line::Column;
    let query = budget_line::Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    query.order_by_asc(Column::Function).order_by_asc(Column::Id).limit(limit).all(db).await
}

/// Takes back every line that an import brought. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn take_back(db: &impl ConnectionTrait, import: BookImportId) -> Result<u64, DbErr> {
    let ledger = ledger_line::Entity::delete_many().filter(ledger_line::Column::ImportId.eq(import)).exec(db).await?;
    let budget = budget_line::Entity::delete_many().filter(budget_line::Column::ImportId.eq(import)).exec(db).await?;
    Ok(ledger.rows_affected + budget.rows_affected)
}

/// What each voucher of a unit's year adds up to, by month and number; in 分.
///
/// # Errors
/// When the database does not answer.
pub async fn vouchers(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
) -> Result<HashMap<(UnitId, i32, String), Fen>, DbErr> {
    use ledger_line::Column;
    let query = ledger_line::Entity::find().filter(Column::Region.eq(region)).filter(Column::Year.eq(year));
    let mut query = query.select_only();
    for key in [Column::UnitId, Column::Month, Column::Voucher] {
        query = query.column(key).group_by(key);
    }
    let rows: Vec<(UnitId, i32, String, Option<i64>)> =
        query.column_as(total(Column::Amount), "total").into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(u, m, v, a)| ((u, m, v), Fen::new(a.unwrap_or_default()))).collect())
}

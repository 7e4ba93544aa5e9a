//! Lines as they go into the books.

use keqiao_accounts::{BudgetColumn, Fund, SpendingKind};
use keqiao_base::{BudgetLineId, Fen, LedgerLineId, Moment, ProjectId, UnitId};
use keqiao_store::money::{BookImport, BookList, BudgetLine, LedgerLine};

use crate::context::Ctx;

/// One line of a file, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row, as the spreadsheet numbers it.
    pub row: u32,
    /// Its unit.
    pub unit: UnitId,
    /// Its project.
    pub project: Option<ProjectId>,
    /// 项.
    pub function: String,
    /// 款.
    pub economic: String,
    /// Which money.
    pub fund: Fund,
    /// What kind of spending.
    pub kind: SpendingKind,
    /// The day; empty for budgets.
    pub day: String,
    /// Its month; 0 for budgets.
    pub month: i32,
    /// 凭证号, or the document of a budget.
    pub voucher: String,
    /// The entry within the voucher.
    pub entry: String,
    /// How much.
    pub amount: Fen,
    /// What a budget was adjusted by.
    pub adjusted: Fen,
    /// 摘要.
    pub words: String,
}

/// The rows to write.
pub(super) fn made(ctx: &Ctx, import: &BookImport, lines: &[Line], now: Moment) -> (Vec<LedgerLine>, Vec<BudgetLine>) {
    match import.list {
        BookList::Ledger => (lines.iter().map(|l| ledger(ctx, import, l, now)).collect(), Vec::new()),
        BookList::Budget => (Vec::new(), lines.iter().flat_map(|l| budget(ctx, import, l, now)).collect()),
    }
}

fn ledger(ctx: &Ctx, import: &BookImport, line: &Line, now: Moment) -> LedgerLine {
    LedgerLine {
        id: LedgerLineId::new(&*ctx.clock, &*ctx.entropy),
        region: import.region,
        year: import.year,
        unit_id: line.unit,
        project_id: line.project,
        function: line.function.clone(),
        economic: line.economic.clone(),
        fund: line.fund,
        kind: line.kind,
        day: line.day.clone(),
        month: line.month,
        voucher: line.voucher.clone(),
        entry: line.entry.clone(),
        amount: line.amount,
        words: line.words.clone(),
        import_id: Some(import.id),
        created_at: now,
    }
}

/// The initial budget, and its adjustment where there is one.
fn budget(ctx: &Ctx, import: &BookImport, line: &Line, now: Moment) -> Vec<BudgetLine> {
    let parts = [(BudgetColumn::Initial, line.amount), (BudgetColumn::Adjusted, line.adjusted)];
    let row = |(budget, amount)| BudgetLine {
        id: BudgetLineId::new(&*ctx.clock, &*ctx.entropy),
        region: import.region,
        year: import.year,
        unit_id: line.unit,
        project_id: line.project,
        function: line.function.clone(),
        economic: line.economic.clone(),
        fund: line.fund,
        kind: line.kind,
        budget,
        amount,
        document: if budget == BudgetColumn::Adjusted { line.voucher.clone() } else { String::new() },
        import_id: Some(import.id),
        created_at: now,
    };
    parts.into_iter().filter(|p| !p.1.is_zero()).map(row).collect()
}

//! What the books hold already, so that nothing goes in twice: vouchers of the ledger, lines of the budget.

use std::collections::{HashMap, HashSet};

use keqiao_accounts::{BudgetColumn, Fund, SpendingKind};
use keqiao_base::{Fen, Kind, ProjectId, Refusal, UnitId};
use keqiao_store::ConnectionTrait;
use keqiao_store::money::{BookImport, BookList, BudgetLine, ledger};

use super::inspect::Reading;
use crate::error::AppResult;

/// More lines than a budget has: all of them are read.
const LINES_MAX: u64 = 10_000_000;

/// All that tells one line of a budget from another.
type BudgetKey = (UnitId, Option<ProjectId>, String, String, Fund, SpendingKind, BudgetColumn, Fen, String);

/// What stands in the books of a year.
#[derive(Default)]
pub(super) struct Booked {
    /// What each voucher of a unit's month adds up to.
    pub(super) vouchers: HashMap<(UnitId, i32, String), Fen>,
    budgets: HashSet<BudgetKey>,
}

impl Booked {
    /// What an import into its list could repeat.
    pub(super) async fn load(db: &impl ConnectionTrait, import: &BookImport) -> AppResult<Booked> {
        let (region, year) = (import.region, import.year);
        Ok(match import.list {
            BookList::Ledger => Booked { vouchers: ledger::vouchers(db, region, year).await?, budgets: HashSet::new() },
            BookList::Budget => {
                let lines = ledger::budget_lines(db, region, year, LINES_MAX).await?;
                Booked { vouchers: HashMap::new(), budgets: lines.into_iter().map(key).collect() }
            }
        })
    }

    /// Refuses when the books hold one of these lines of a budget.
    ///
    /// # Errors
    /// A refusal that names its code.
    pub(super) fn must_not_hold(&self, lines: &[BudgetLine]) -> Result<(), Refusal> {
        let Some(held) = lines.iter().find(|l| self.budgets.contains(&key((*l).clone()))) else { return Ok(()) };
        let (code, amount) = (&held.function, held.amount.yuan());
        let zh = format!("账上已有这项预算（科目{code}，{amount}元，可能刚由别人导入），这次没有入账。请重新检查。");
        let en =
            format!("The books hold this budget by now (code {code}, {amount}); nothing was booked. Inspect again.");
        Err(Refusal::new(Kind::Conflict, "money.budget_booked", zh, en))
    }
}

fn key(line: BudgetLine) -> BudgetKey {
    let BudgetLine { unit_id, project_id, function, economic, fund, kind, budget, amount, document, .. } = line;
    (unit_id, project_id, function, economic, fund, kind, budget, amount, document)
}

impl Reading<'_> {
    /// Lines of a budget that stand in the books: the same file again, or one that overlaps with it.
    pub(super) fn budgets(&mut self, booked: &Booked) {
        if self.known.list != BookList::Budget {
            return;
        }
        let held = |line: &super::lines::Line, budget, amount, document: &str| {
            let (function, economic) = (line.function.clone(), line.economic.clone());
            let key =
                (line.unit, line.project, function, economic, line.fund, line.kind, budget, amount, document.into());
            !Fen::is_zero(amount) && booked.budgets.contains(&key)
        };
        let twice: Vec<(u32, &str, Fen)> = self
            .out
            .lines
            .iter()
            .flat_map(|l| {
                let initial = held(l, BudgetColumn::Initial, l.amount, "").then_some((l.row, "amount", l.amount));
                let adjusted = held(l, BudgetColumn::Adjusted, l.adjusted, &l.voucher);
                [initial, adjusted.then_some((l.row, "adjusted", l.adjusted))].into_iter().flatten()
            })
            .collect();
        for (row, column, amount) in twice {
            let zh = "这项预算已经入账（单位、科目、项目、资金、金额都相同），同一份预算不能入账两次。要替换的，请先撤销原来的导入。";
            let en = "This line of the budget is in the books: same unit, codes, project, fund and amount. Take the earlier import back to replace it.";
            self.note(row, column, &amount.yuan(), true, zh, en);
        }
    }
}

//! The books of a department's year: units, projects, funds, code lists, lines of budget and ledger, the public tables derived from
//! them, the checks over both, and rounding to 万元. Pure: no clock, no file, no database.
//!
//! `Books → tables` is one function ([`tables::derive`]); what is derived balances by construction, and the same checks ([`checks`]) also
//! run over tables that were entered as published, where they say which sum is off and by how much.

mod books;
pub mod checks;
pub mod codes;
mod fund;
mod item;
mod line;
mod project;
pub mod published;
pub mod rounding;
mod rows;
mod table;
pub mod tables;
mod unit;

pub use books::{
    Assets, Balance, Books, Carried, Headcount, Procurement, Received, RevenueKind, SpendingKind, Spent, ThreePublic,
    VehicleKind,
};
pub use fund::Fund;
pub use item::{ITEMS, ItemRow, is_money};
pub use line::{BudgetColumn, code_level, function_class};
pub use project::{MoneySource, ProjectCategory, ProjectDuration, ProjectNature};
pub use rows::{BUDGET_KINDS, BudgetRow, FUNDS, LedgerRow, SPENDING_KINDS};
pub use table::{Grain, Head, PublicTable, TableKind, TableRow, TableSet};
pub use unit::{BooksState, UnitKind};

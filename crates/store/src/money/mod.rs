//! The books: lines of ledger and budget, sums of them, statements, imports, code lists.

pub mod codes;
pub mod import;
pub mod ledger;
pub mod measure;
pub mod statement;
pub mod sums;

pub use crate::entity::book_import::{BookImportState, BookList, Model as BookImport};
pub use crate::entity::budget_line::Model as BudgetLine;
pub use crate::entity::ledger_line::Model as LedgerLine;
pub use crate::entity::statement::{Model as Statement, StatementKind};

//! The books of a department's year: what came in and went out, the public tables that follow, imports, statements, codes.

mod books;
mod codes;
mod export;
pub mod import;
mod items;
mod ledger;
mod overview;
mod statement;
mod tables;

pub use books::{last_closing, must_follow_last_year, of as books};
pub use codes::{CodesShown, bring as bring_codes, list as codes};
pub use export::{ledger as export_ledger, tables as export_tables};
pub use items::{bring as bring_items, template as items_template};
pub use keqiao_store::money::ledger::{LedgerFilter, LedgerSort};
pub use keqiao_store::money::measure::{self, MoneyFilter};
pub use keqiao_store::money::{BudgetLine, LedgerLine, StatementKind};
pub use ledger::{Listed, after as ledger_after, budget as budget_lines, page as ledger};
pub use overview::{Overview, ProjectFigure, overview};
pub use statement::{StatementShown, carry_over, load as statement, save as save_statement, shown as statements};
pub use tables::{AskedTables, TablesShown, shown as tables};

//! The books of a department's year: units, projects, funds, code lists, lines of budget and ledger, the public tables derived from
//! them, the checks over both, and rounding to 万元. Pure: no clock, no file, no database.

mod fund;
mod project;
mod unit;

pub use fund::Fund;
pub use project::{MoneySource, ProjectCategory, ProjectDuration, ProjectNature};
pub use unit::{BooksState, UnitKind};

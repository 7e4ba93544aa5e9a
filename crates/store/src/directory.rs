//! The directory in the database: entries, their words, their past, their links, and the imports that made them.

pub mod entry;
pub mod history;
pub mod import;
pub mod index;
pub mod relation;
mod search;

pub use crate::entity::entry::{Model as EntryRow, State};
pub use crate::entity::entry_history::{DirectoryAct, Model as Change};
pub use crate::entity::import::{Model as Import, State as ImportState};
pub use crate::entity::import_row::Model as ImportRow;
pub use crate::entity::relation::Model as Relation;

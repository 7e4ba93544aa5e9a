//! The directory (科协基础信息数据库) as plain values: its two lists with their columns, relations, duplicates, search words.
//! No database, no clock, no permission: those are `store`, `app`, `access`. Files and columns are `sheet`'s.

mod choice;
mod entry;
mod relation;

pub mod duplicate;
pub mod query;
pub mod words;

pub use choice::{DEGREES, GENDERS, LEVELS, ORGANISATION_KINDS};
pub use entry::{Entry, ListKind, Organisation, Person};
pub use relation::RelationKind;

//! The stored things, one file each. Columns stand for what `migrations/` made; both databases share them.

pub mod entry;
pub mod entry_history;
pub mod event;
pub mod idempotency;
pub mod import;
pub mod import_row;
pub mod job;
pub mod relation;
pub mod setting;

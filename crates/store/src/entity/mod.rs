//! The stored things, one file each. Columns stand for what `migrations/` made; both databases share them.

pub mod event;
pub mod idempotency;
pub mod job;
pub mod setting;

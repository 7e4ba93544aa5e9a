//! The stored things, one file each. Columns stand for what `migrations/` made; both databases share them.

pub mod batch;
pub mod comment;
pub mod event;
pub mod finding;
pub mod idempotency;
pub mod job;
pub mod report;
pub mod setting;
pub mod upload;
pub mod version;
pub mod version_text;

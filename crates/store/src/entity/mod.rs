//! The stored things, one file each. Columns stand for what `migrations/` made; both databases share them.

pub mod account;
pub mod api_token;
pub mod entry;
pub mod entry_history;
pub mod event;
pub mod idempotency;
pub mod identity_step;
pub mod import;
pub mod import_row;
pub mod job;
pub mod log;
pub mod log_end;
pub mod provider_attempt;
pub mod provider_link;
pub mod recovery_code;
pub mod relation;
pub mod reset_link;
pub mod session;
pub mod setting;
pub mod sign_in_failure;
pub mod staff_role;

//! Use cases: permission, transaction, domain, store, jobs. One file each, called by pages, by the interface for programs and by
//! the command line. No HTTP here, no SQL here.

pub mod account;
pub mod backup;
mod context;
pub mod desk;
pub mod directory;
pub mod doctor;
mod error;
pub mod events;
pub mod evidence;
pub mod exchange;
pub mod files;
#[cfg(feature = "fixture")]
pub mod fixture;
pub mod jobs;
pub mod log;
pub mod money;
pub mod performance;
pub mod settings;
pub mod upkeep;
mod words;
pub mod year;

pub use context::{Ctx, Settings};
pub use error::{AppError, AppResult};

//! Entities, queries, migrations and the job queue, over SQLite (the default) and PostgreSQL (by one setting). The only crate that
//! speaks SQL. Queries are functions over any connection, so they run alone or inside the one write transaction of a use case.

pub mod account;
mod db;
pub mod desk;
pub mod directory;
pub mod dump;
pub mod entity;
pub mod event;
pub mod evidence;
pub mod exchange;
#[cfg(feature = "fixture")]
pub mod fixture;
pub mod idempotency;
pub mod job;
pub mod log;
pub mod money;
mod page;
pub mod performance;
pub mod setting;
pub mod year;

pub use db::{Backend, Db, DbUrl, OpenError, Tx};
pub use page::{Page, PageRequest};
pub use sea_orm::sea_query::Order;
pub use sea_orm::{ConnectionTrait, DbErr};

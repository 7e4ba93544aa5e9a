//! Use cases against a real database. With `KEQIAO_TEST_POSTGRES` the same tests run on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod account;
mod assignment;
mod clarify;
mod desk;
mod directory;
mod evidence;
mod exchange;
mod execution;
mod files;
mod find;
mod jobs;
mod learning;
mod log;
mod meaning;
mod money;
mod performance;
mod year;

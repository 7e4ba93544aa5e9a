//! Use cases against a real database. With `KEQIAO_TEST_POSTGRES` the same tests run on PostgreSQL.

mod account;
mod desk;
mod directory;
mod files;
mod jobs;
mod log;

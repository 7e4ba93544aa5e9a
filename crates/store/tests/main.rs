//! The storage suite. Each test makes its own database; with `KEQIAO_TEST_POSTGRES` the same tests run on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod directory;
mod evidence;
mod evidence_stream;
mod evidence_sums;
mod job;
mod kill;
mod performance;
mod transaction;

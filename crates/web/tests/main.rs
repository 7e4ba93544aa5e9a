//! The site, called through its router. With `KEQIAO_TEST_POSTGRES` the same tests run on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod routes;
mod site;
mod trouble;

//! The site, called through its router. With `KEQIAO_TEST_POSTGRES` the same tests run on PostgreSQL.

mod routes;
mod site;
mod trouble;

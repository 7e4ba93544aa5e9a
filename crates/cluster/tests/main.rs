//! The engine against sums made by hand, here and on a cluster of processes, with one of them killed.

#![expect(clippy::unwrap_used, reason = "tests")]

mod cluster;
mod embedded;
mod naive;
mod nodes;
mod rows;
mod writing;

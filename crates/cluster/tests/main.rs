//! The engine against sums made by hand, here and on a cluster of processes, with one of them killed.

#![expect(clippy::unwrap_used, reason = "tests")]

mod app_sums;
mod cluster;
mod embedded;
mod naive;
mod nodes;
mod rows;
mod unfit;
mod writing;

//! The made-up county of `keqiao serve --demo`: entries of a directory, sample reports, accounts for each role. Everything is
//! fictional and the same at every run; no real person, body, number or address stands here.

mod county;
mod report;
mod seed;

pub use county::{Directory, Link, PEOPLE, directory};
pub use report::{Sample, copies, corrected, samples};
pub use seed::{people, seed, work};

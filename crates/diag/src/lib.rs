//! Findings: what is wrong, where, with both numbers and what to do. One type, many faces: a renderer a file.

mod finding;
mod suppress;

pub use finding::{Finding, Level, Mark, Role};
pub use suppress::{Suppressed, Suppression, Suppressions};

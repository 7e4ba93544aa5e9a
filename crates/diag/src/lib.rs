//! Findings: what is wrong, where, with both numbers and what to do. One type, many faces: the renderers are in the crate
//! `proofread` (`render/`, a file each), because they show the document around a finding, which this layer does not know.

mod finding;
mod suppress;

pub use finding::{Finding, Level, Mark, Role};
pub use suppress::{Suppressed, Suppression, Suppressions};

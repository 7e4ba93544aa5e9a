//! Rules over facts: one file each, run by one driver. Sees no file, no clock, no database: a [`Report`] goes in,
//! findings and an account of what was judged come out.

mod driver;
mod profile;
mod rule;
mod rules;
mod sink;
mod spec;
mod words;

pub use driver::{Audit, Outcome, RuleRun, audit};
pub use profile::Profile;
pub use rule::{Context, Family, Rule};
pub use rules::all;
pub use sink::{Sink, show};
pub use spec::spec_of;

pub use keqiao_facts::Report;

//! Performance (绩效) as plain values: targets and their indicators, measures, scores, monitoring, evaluation, tasks.
//! No database, no clock, no permission: those are `store`, `app`, `access`. What differs by region and year is a profile.

pub mod actual;
pub mod deviation;
pub mod indicator;
pub mod measure;
pub mod objection;
pub mod target;
pub mod weight;

pub use actual::{Actual, Got, Reached};
pub use indicator::{Indicator, Level1, Level2, Operator, Past, Tree};
pub use measure::{Answer, Measure};
pub use objection::Objection;
pub use target::{Scope, Target, TargetState};

//! Performance (绩效) as plain values: targets and their indicators, measures, scores, monitoring, evaluation, tasks.
//! No database, no clock, no permission: those are `store`, `app`, `access`. What differs by region and year is a profile.

pub mod actual;
pub mod advice;
pub mod allocation;
pub mod basic_table;
pub mod deviation;
pub mod evaluation;
pub mod ex_ante;
pub mod forecast;
pub mod former;
pub mod indicator;
pub mod library;
pub mod light;
pub mod measure;
pub mod objection;
pub mod profile;
pub mod score;
pub mod stored;
pub mod target;
pub mod task;
pub mod weight;

pub use actual::{Actual, Got, Reached};
pub use indicator::{Indicator, Level1, Level2, Operator, Past, Tree};
pub use measure::{Answer, Measure};
pub use objection::Objection;
pub use profile::Profile;
pub use target::{Scope, Target, TargetState};

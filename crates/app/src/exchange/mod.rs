//! The exchange (供需对接): what is found, what fits whom and why, what was said of it.

mod alike;
mod card;
pub mod finder;
mod judgement;
mod matching;
mod quality;
mod saved;

pub use alike::{Alike, Cluster, Member, alike, clusters, doubts};
pub use card::{Card, Piece};
pub use finder::{Results, Wanted, find};
pub use judgement::{Judged, judge};
pub use matching::{Match, Matches, SharedTerm, matches, similar};
pub use quality::{Line, Median, Quality, Share, quality};
pub use saved::{SAVED_MAX, count, forget, keep, open, reminders as saved_reminders, saved};

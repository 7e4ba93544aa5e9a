//! The exchange (供需对接) as plain values: what listings say and how they live, the need refinery, clarity, doubts, disclosure, fit with its
//! reasons, assignment under capacity. No index, no database, no clock.

pub mod assign;
pub mod choice;
pub mod clarify;
pub mod clarity;
pub mod classify;
pub mod disclosure;
pub mod doubts;
pub mod example;
pub mod fit;
pub mod life;
pub mod listing;
pub mod place;
pub mod refine;

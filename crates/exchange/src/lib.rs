//! The exchange (供需对接) as plain values: the need refinery, clarity, assignment under capacity. No index, no database, no clock.

pub mod assign;
pub mod clarity;
pub mod refine;

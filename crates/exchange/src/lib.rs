//! The exchange (供需对接) as plain values: assignment under capacity. No database, no clock, no permission.

pub mod assign;

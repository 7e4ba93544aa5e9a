//! x
pub mod chart;
pub mod listing;
pub mod pages;
pub mod view;

//! x
pub mod chart;
pub mod listing;
pub mod menu;
pub mod pages;
pub mod view;

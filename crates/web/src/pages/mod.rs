//! The pages.
pub mod design;

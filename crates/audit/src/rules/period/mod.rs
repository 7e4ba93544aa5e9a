//! P: years and dates.

family![];

//! The search as a caller sees it: what is found, what is put right, that nothing depends on order or chance.

mod behaviour;
mod learning;
mod reading;
mod steady;

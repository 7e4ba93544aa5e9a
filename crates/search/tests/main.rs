//! The search as a caller sees it: what is found, what is put right, that nothing depends on order or chance.
#![expect(clippy::float_arithmetic, reason = "shares are added up to see that they are a whole")]

mod behaviour;
mod reading;
mod steady;

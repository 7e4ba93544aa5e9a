//! Learning from judgements: what each feature adds, so that the first texts of a search come into a better order; tried
//! on queries it was not learnt from, and compared with the order there was by interleaving. A dozen numbers with names
//! come out. What people said comes in as values; nothing is read or written here, and the same judgements always teach
//! the same.
#![expect(clippy::float_arithmetic, reason = "measures and weights of ranking are no amounts")]

pub mod case;
pub mod fit;
pub mod interleave;
pub mod train;

pub use case::{Judged, Unjudged};
pub use train::{Learnt, Outcome, TooFew, Trained, train};

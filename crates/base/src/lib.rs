//! The lowest layer: ids as types, moments, the clock and chance as arguments, words with a code, refusals.
//! It knows no domain, no SQL, no HTTP; the feature `sea-orm` only lets its values stand in database columns.

pub mod chain;
mod clock;
mod coded;
pub use coded::UnknownCode;
mod column;
mod day;
mod entropy;
mod fen;
mod ids;
mod moment;
mod refusal;

pub use clock::{Clock, FixedClock, SystemClock};
pub use day::{Day, NotADay};
pub use entropy::{Entropy, FixedEntropy, SystemEntropy};
pub use fen::Fen;
pub use ids::*;
pub use moment::Moment;
pub use refusal::{FieldError, Kind, Refusal};

#[doc(hidden)]
pub use keqiao_i18n as i18n;
#[cfg(feature = "sea-orm")]
#[doc(hidden)]
pub use sea_orm;

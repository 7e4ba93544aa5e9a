//! Numbers as they are printed: exact decimals with the interval that rounding leaves open, units, percent, ranges,
//! Chinese numerals, and the arithmetic that asks "can these printed numbers agree?". No floats.
//!
//! ```
//! use keqiao_quantity::{Printed, share_agrees};
//! let part = Printed::parse("0.48").unwrap();
//! let whole = Printed::parse("0.64").unwrap();
//! let percent = Printed::parse("75").unwrap();
//! assert!(share_agrees(part, whole, percent));
//! ```

mod agree;
mod interval;
mod numeral;
mod printed;
mod scan;
mod unit;

pub use agree::{SumGap, change_agrees, growth_agrees, quotient_percent, share_agrees, sum_gap};
pub use interval::Interval;
pub use numeral::parse_numeral;
pub use printed::Printed;
pub use rust_decimal::Decimal;
pub use scan::{Bound, Number, scan};
pub use unit::{Kind, Unit};

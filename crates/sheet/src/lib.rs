//! Tables that clerks send and take away: files read within limits, headings found, columns mapped, values checked row by row with notes in
//! words; templates and exports. What a list consists of is declared once, with [`record!`]; everything else follows it.
//!
//! ```
//! use keqiao_sheet::{Record, Sheet, Value, check, heading, mapping, record};
//! record! {
//!     /// A purchase.
//!     Purchase ("采购", "Purchases");
//!     day Value::Date, REQUIRED, ("日期", "Day"), [], ("", ""), "2024-03-01";
//!     amount Value::Money, REQUIRED, ("金额（元）", "Amount (yuan)"), ["金额"], ("", ""), "1,200.50";
//! }
//! let sheet = Sheet::read("采购.csv", "日期,金额\n2024/3/1,\"1,200.5\"\n".as_bytes()).unwrap();
//! let heading = heading::find(&sheet, Purchase::columns());
//! let chosen = mapping::suggest(&sheet, &heading, Purchase::columns(), &Default::default());
//! let row = check::row::<Purchase>(&sheet, heading.first_row, &mapping::keys(&chosen), &check::NoPlaces);
//! assert_eq!((row.entry.day.as_str(), row.entry.amount.as_str()), ("2024-03-01", "1200.50"));
//! ```

// `record!` names this crate by its own name, here as in other crates.
extern crate self as keqiao_sheet;

mod choice;
mod column;
mod credit_code;
mod fold;
mod sheet;
mod value;

pub mod check;
pub mod export;
pub mod heading;
pub mod mapping;
pub mod template;

pub use choice::Choice;
pub use column::{Column, OPTIONAL, REQUIRED, Record};
pub use credit_code::{credit_code, with_check_digit};
pub use fold::{chinese, folded, organisation_key};
pub use keqiao_i18n::Fixed;
#[doc(hidden)]
pub use serde;
pub use sheet::{CELL_CHARS_MAX, COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX, Sheet};
pub use value::{Places, Value};

//! The directory (科协基础信息数据库) as plain values: columns, files read and written, mapping, row checks, duplicates, search words.
//! No database, no clock, no permission: those are `store`, `app`, `access`.
//!
//! ```
//! use keqiao_directory::{Entry, Person, Sheet, check, heading, mapping};
//! let sheet = Sheet::read("名单.csv", "姓名,电话\n张三,138 0000 0001\n".as_bytes()).unwrap();
//! let heading = heading::find(&sheet, Person::columns());
//! let chosen = mapping::suggest(&sheet, &heading, Person::columns(), &Default::default());
//! let row = check::row::<Person>(&sheet, heading.first_row, &mapping::keys(&chosen), &check::NoPlaces);
//! assert_eq!((row.entry.name.as_str(), row.entry.phone.as_str()), ("张三", "13800000001"));
//! ```

mod choice;
mod column;
mod credit_code;
mod fold;
mod record;
mod relation;
mod sheet;
mod value;

pub mod check;
pub mod duplicate;
pub mod export;
pub mod heading;
pub mod mapping;
pub mod query;
pub mod template;
pub mod words;

pub use choice::{Choice, DEGREES, GENDERS, LEVELS, ORGANISATION_KINDS};
pub use column::{Column, Entry, ListKind};
pub use credit_code::{credit_code, with_check_digit};
pub use fold::{folded, organisation_key};
pub use record::{Organisation, Person};
pub use relation::RelationKind;
pub use sheet::{CELL_CHARS_MAX, COLUMNS_MAX, FILE_BYTES_MAX, ROWS_MAX, Sheet};
pub use value::{Places, Value};

//! Evidence (佐证): the append-only record of what happened: what, when, where, how many, for how much, proved by what. Records stand on a
//! ladder of proof, every act on one is an entry of a hash chain, and what looks wrong is flagged with its reason.
//! No database, no clock, no regions: those are `store`, `app`, `access`.
//!
//! ```
//! use keqiao_evidence::{Count, EvidenceRow, Kind, Stated};
//! let row = EvidenceRow {
//!     kind: "training".into(), title: "茶园病虫害防治培训".into(), started: "2026-03-02".into(), place: "镇农技站".into(),
//!     sessions: "1".into(), people: "48".into(), ..EvidenceRow::default()
//! };
//! let stated = Stated::of(&row).unwrap();
//! assert_eq!((stated.kind, stated.counts.get(Count::People)), (Kind::Training, 48));
//! assert!(Stated::of(&EvidenceRow { people: String::new(), ..row }).is_err());
//! ```

mod act;
mod count;
mod distance;
pub mod flag;
mod kind;
mod photo;
mod row;
mod rung;
mod stated;
mod template;
mod venue;

pub use act::{Act, ActKind, Entry};
pub use count::{Count, Counts};
pub use distance::Point;
pub use flag::{Flag, FlagKind};
pub use kind::{Kind, Source};
pub use photo::{Taken, read as read_photo};
pub use row::EvidenceRow;
pub use rung::{Proof, Rung};
pub use stated::{FileNote, FileRole, Stated, folded_key};
pub use template::{Field, Need, Template};

//! One file from bytes to findings, and its faces: what the command line and the server need alike. It knows no terminal,
//! no database, no browser.

mod checked;
mod fingerprint;
pub mod ledger;
mod places;
mod proof;
pub mod render;
pub mod wording;

pub use checked::{AuditJob, Checked, Content, Job, RuleCount, Tally, Trouble, tables_recognised};
pub use fingerprint::{Fingerprint, NoFingerprint, same};
pub use places::{Place, Places};
pub use proof::{Noted, NotedPlace, Proof, Summary, entity_key, series};
pub use render::Render;

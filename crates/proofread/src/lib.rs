//! One file from bytes to findings, and its faces: what the command line and the server need alike. It knows no terminal,
//! no database, no browser.

mod checked;
mod places;
pub mod render;
pub mod wording;

pub use checked::{AuditJob, Checked, Content, Job, RuleCount, Tally, Trouble, tables_recognised};
pub use places::{Place, Places};
pub use render::Render;

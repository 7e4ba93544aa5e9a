//! Backups: one zip with a manifest, a file of JSON lines for each table read in one consistent view, and every uploaded file. It is
//! taken while the server runs, read back before it counts, and can be restored into either database. It holds personal data.

mod manifest;
mod restore;
mod save;
mod verify;

pub use manifest::{Manifest, SavedFile, SavedTable};
pub use restore::restore;
pub use save::save;
pub use verify::verify;

#[cfg(test)]
mod tests;

//! What a backup says it holds.

use keqiao_base::Moment;
use serde::{Deserialize, Serialize};

/// The name of the manifest within the zip.
pub(super) const NAME: &str = "manifest.json";
/// The form that this program writes and reads.
pub(super) const FORM: u32 = 1;

/// The manifest: what stands in the backup, with the hash of each part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup.
    pub form: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When it was taken.
    pub at: Moment,
    /// The number of the last migration in force.
    pub migration: i64,
    /// The tables.
    pub tables: Vec<SavedTable>,
    /// The uploaded files.
    pub files: Vec<SavedFile>,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedTable {
    /// Its name.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the lines.
    pub sha256: String,
}

/// An uploaded file in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// SHA-256 of its bytes, which is its name.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

impl SavedTable {
    /// Where its lines stand within the zip.
    pub(super) fn path(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }
}

impl SavedFile {
    /// Where it stands within the zip.
    pub(super) fn path(&self) -> String {
        format!("files/{}", self.sha256)
    }
}

//! Reading a backup back: every part is there, whole, and hashes to what the manifest says.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use keqiao_base::{Kind, Refusal};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::backup::manifest::{FORM, Manifest, NAME};
use crate::error::{AppError, AppResult};

/// An open backup.
pub(super) type Archive = ZipArchive<BufReader<File>>;

/// Rows in hand at a time.
pub(super) const ROWS: usize = 2000;
/// A manifest is small; a larger one is no manifest.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;

/// Reads the whole backup and compares every part with the manifest.
///
/// # Errors
/// When it is no backup, or a part is missing or damaged.
pub fn verify(path: &Path) -> AppResult<Manifest> {
    let (mut archive, manifest) = open(path)?;
    for table in &manifest.tables {
        let part = archive.by_name(&table.path()).map_err(|_| damaged(&table.path()))?;
        let mut lines = Lines::new(part, table.path());
        let mut rows = 0;
        loop {
            let some = lines.next(ROWS)?.len();
            rows += some as u64;
            if some == 0 {
                break;
            }
        }
        if lines.hash() != table.sha256 || rows != table.rows {
            return Err(damaged(&table.path()));
        }
    }
    for file in &manifest.files {
        let mut part = archive.by_name(&file.path()).map_err(|_| damaged(&file.path()))?;
        let mut hash = Sha256::new();
        let bytes = std::io::copy(&mut part, &mut HashWriter(&mut hash)).map_err(|_| damaged(&file.path()))?;
        if bytes != file.bytes || hex::encode(hash.finalize()) != file.sha256 {
            return Err(damaged(&file.path()));
        }
    }
    Ok(manifest)
}

/// Opens a backup and reads its manifest.
pub(super) fn open(path: &Path) -> AppResult<(Archive, Manifest)> {
    let file = File::open(path).map_err(|e| no_backup(path, &e.to_string()))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| no_backup(path, &e.to_string()))?;
    let manifest = archive.by_name(NAME).map_err(|e| no_backup(path, &e.to_string()))?;
    let manifest: Manifest =
        serde_json::from_reader(manifest.take(MANIFEST_BYTES_MAX)).map_err(|e| no_backup(path, &e.to_string()))?;
    if manifest.form != FORM {
        return Err(no_backup(path, &format!("form {}", manifest.form)));
    }
    Ok((archive, manifest))
}

/// The lines of a part, some at a time.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    name: String,
    hash: Sha256,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(part: R, name: String) -> Self {
        Lines { reader: BufReader::new(part), name, hash: Sha256::new() }
    }

    /// At most `count` more lines; none at the end.
    pub(super) fn next(&mut self, count: usize) -> AppResult<Vec<String>> {
        let mut lines = Vec::new();
        while lines.len() < count {
            let mut text = String::new();
            if self.reader.read_line(&mut text).map_err(|_| damaged(&self.name))? == 0 {
                break;
            }
            self.hash.update(text.as_bytes());
            text.truncate(text.trim_end_matches('\n').len());
            lines.push(text);
        }
        Ok(lines)
    }

    /// The hash of what was read.
    fn hash(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn no_backup(path: &Path, why: &str) -> AppError {
    let shown = path.display();
    AppError::Refusal(Refusal::new(
        Kind::Invalid,
        "backup.unreadable",
        format!("“{shown}”不是可用的备份：{why}"),
        format!("{shown} is not a backup that can be used: {why}"),
    ))
}

/// The refusal of a part that is not what it was.
pub(super) fn damaged(part: &str) -> AppError {
    AppError::Refusal(Refusal::new(
        Kind::Invalid,
        "backup.damaged",
        format!("备份已损坏：“{part}”缺失或内容不符。请换一份备份。"),
        format!("The backup is damaged: {part} is missing or not what it was. Use another one."),
    ))
}

//! A snapshot is opened only when every file is what the manifest says: nothing missing, nothing added, not a byte changed.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::manifest::FORM;
use crate::{Error, MANIFEST, Manifest, Part, Totals};

/// A snapshot whose files were found to match its manifest.
#[derive(Clone, Debug)]
pub struct Snapshot {
    folder: PathBuf,
    manifest: Manifest,
}

impl Snapshot {
    /// Opens a snapshot and reads every file of it once.
    ///
    /// # Errors
    /// `snapshot.unfit` with what does not match; or a file cannot be read.
    pub fn open(folder: &Path) -> Result<Snapshot, Error> {
        let folder = folder.canonicalize().map_err(Error::file(folder))?;
        let manifest = read_manifest(&folder)?;
        let mut totals = Totals::of(&manifest.counts);
        for part in &manifest.parts {
            check_part(&folder, part)?;
            totals.merge(&part.totals).ok_or_else(inconsistent)?;
        }
        let rows = manifest.regions.values().try_fold(0_u64, |sum, rows| sum.checked_add(*rows));
        if totals != manifest.totals || rows != Some(totals.rows) {
            return Err(inconsistent());
        }
        no_stranger(&folder, &manifest)?;
        Ok(Snapshot { folder, manifest })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A file of it, as a whole path.
    pub fn path(&self, part: &Part) -> PathBuf {
        self.folder.join(&part.file)
    }

    /// Its files, whole paths, in the order of regions.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        self.manifest.parts.iter().map(|part| self.path(part))
    }
}

fn read_manifest(folder: &Path) -> Result<Manifest, Error> {
    let path = folder.join(MANIFEST);
    let shown = folder.display();
    if !path.exists() {
        return Err(Error::unfit(
            format!("{shown} 里没有 {MANIFEST}：不是快照，或者快照没有做完。请重新生成。"),
            format!("There is no {MANIFEST} in {shown}: not a snapshot, or one that was not finished. Take it again."),
        ));
    }
    let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let form = serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|v| v.get("form")?.as_u64());
    if let Some(form) = form.filter(|form| *form != u64::from(FORM)) {
        return Err(Error::unfit(
            format!(
                "这个快照的格式是第 {form} 版，本程序只读第 {FORM} 版。请用本程序重新生成快照，或换用生成它的程序。"
            ),
            format!(
                "This snapshot has form {form}, and this program reads form {FORM}. Take it again with this program, or use the \
                 one that made it."
            ),
        ));
    }
    serde_json::from_str(&text).map_err(|e| {
        Error::unfit(format!("快照清单 {MANIFEST} 已损坏：{e}"), format!("The manifest {MANIFEST} is damaged: {e}"))
    })
}

/// The name is one of ours, the file has the size and the hash of the manifest.
fn check_part(folder: &Path, part: &Part) -> Result<(), Error> {
    let name = &part.file;
    if Path::new(name).file_name().is_none_or(|own| own != name.as_str()) || !name.ends_with(".parquet") {
        return Err(Error::unfit(
            format!("快照清单里的文件名“{name}”不合规。"),
            format!("The manifest names “{name}”, which is no name of a part."),
        ));
    }
    let path = folder.join(name);
    if !path.is_file() {
        return Err(Error::unfit(
            format!("快照缺少文件 {name}。请重新复制或重新生成。"),
            format!("The snapshot lacks {name}. Copy it again, or take it again."),
        ));
    }
    let (bytes, sha256) = digest(&path)?;
    if bytes != part.bytes || sha256 != part.sha256 {
        return Err(Error::unfit(
            format!("快照文件 {name} 与清单不符（可能复制不全或被改动）。请重新复制或重新生成。"),
            format!(
                "{name} does not match the manifest (copied in part, or changed). Copy it again, or take it again."
            ),
        ));
    }
    Ok(())
}

/// A table beside the parts that no manifest knows is a mistake or worse.
fn no_stranger(folder: &Path, manifest: &Manifest) -> Result<(), Error> {
    let known: BTreeSet<&str> = manifest.parts.iter().map(|part| part.file.as_str()).collect();
    if known.len() != manifest.parts.len() {
        return Err(inconsistent());
    }
    for entry in std::fs::read_dir(folder).map_err(Error::file(folder))? {
        let name = entry.map_err(Error::file(folder))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".parquet") && !known.contains(name.as_str()) {
            return Err(Error::unfit(
                format!("快照目录里多出文件 {name}，清单中没有它。请移走后再试。"),
                format!("{name} lies in the snapshot's folder, and the manifest does not know it. Move it away."),
            ));
        }
    }
    Ok(())
}

fn inconsistent() -> Error {
    Error::unfit(
        "快照清单自相矛盾：各部分之和不等于总数。请重新生成。",
        "The manifest contradicts itself: its parts do not add up to its totals. Take the snapshot again.",
    )
}

/// Size and SHA-256 of a file, read piece by piece.
fn digest(path: &Path) -> Result<(u64, String), Error> {
    let mut file = File::open(path).map_err(Error::file(path))?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece).map_err(Error::file(path))?;
        if read == 0 {
            return Ok((bytes, hex::encode(hasher.finalize())));
        }
        bytes += read as u64;
        hasher.update(&piece[..read]);
    }
}

#[cfg(test)]
mod tests;

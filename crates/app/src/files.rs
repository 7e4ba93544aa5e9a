//! Files by what they contain: `DATA/files/ab/cdef…`, named by SHA-256. Written under a passing name, synced, renamed: a file that has
//! its name is whole. What a user calls a file never becomes a path.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use keqiao_base::{Entropy, Kind, Refusal};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use crate::error::AppResult;

/// After how long a file on its way in is given up.
const ABANDONED: Duration = Duration::from_secs(86_400);

/// SHA-256 of a file's bytes, 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileHash(String);

impl FileHash {
    /// The hash of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        FileHash(hex::encode(Sha256::digest(bytes)))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FileHash {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let digits = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if digits { Ok(FileHash(text.to_owned())) } else { Err(Refusal::not_found()) }
    }
}

/// The folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
}

impl Files {
    /// The files under a data folder, which is made when absent.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(data: &Path) -> io::Result<Files> {
        let root = data.join("files");
        std::fs::create_dir_all(root.join("incoming"))?;
        Ok(Files { root })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file stands.
    pub fn path(&self, hash: &FileHash) -> PathBuf {
        self.root.join(&hash.0[..2]).join(&hash.0[2..])
    }

    /// Begins to take in a file of at most `limit` bytes.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn begin(&self, entropy: &dyn Entropy, limit: u64) -> AppResult<Incoming> {
        let mut random = [0u8; 16];
        entropy.fill(&mut random);
        let path = self.root.join("incoming").join(hex::encode(random));
        let file = File::create_new(&path).await?;
        Ok(Incoming { files: self.clone(), path, file, hasher: Sha256::new(), size: 0, limit, kept: false })
    }

    /// Takes in bytes that are in memory.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn put(&self, entropy: &dyn Entropy, bytes: &[u8]) -> AppResult<FileHash> {
        let mut incoming = self.begin(entropy, u64::MAX).await?;
        incoming.write(bytes).await?;
        Ok(incoming.finish().await?.0)
    }

    /// Reads a whole file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub async fn read(&self, hash: &FileHash) -> AppResult<Vec<u8>> {
        Ok(fs::read(self.path(hash)).await?)
    }

    /// Gives a finished file, made elsewhere under the data folder, its place.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn adopt(&self, path: &Path, hash: &FileHash) -> AppResult<()> {
        let place = self.path(hash);
        if fs::try_exists(&place).await? {
            fs::remove_file(path).await?;
            return Ok(());
        }
        let folder = place.parent().unwrap_or(&self.root).to_owned();
        fs::create_dir_all(&folder).await?;
        fs::rename(path, &place).await?;
        // The name is only safe when the folder is on the disk.
        File::open(&folder).await?.sync_all().await?;
        Ok(())
    }

    /// Throws away what was begun more than a day ago and never finished: the process was killed in the middle.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn forget_abandoned(&self) -> AppResult<()> {
        let mut entries = fs::read_dir(self.root.join("incoming")).await?;
        while let Some(entry) = entries.next_entry().await? {
            let touched = entry.metadata().await?.modified()?;
            if touched.elapsed().is_ok_and(|age| age > ABANDONED) {
                fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }
}

/// A file on its way in. Dropped before `finish`, it leaves nothing behind.
#[derive(Debug)]
pub struct Incoming {
    files: Files,
    path: PathBuf,
    file: File,
    hasher: Sha256,
    size: u64,
    limit: u64,
    kept: bool,
}

impl Incoming {
    /// Adds bytes.
    ///
    /// # Errors
    /// A refusal when the file grows beyond its limit; a fault when the disk does not take it.
    pub async fn write(&mut self, bytes: &[u8]) -> AppResult<()> {
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            let limit = self.limit / 1_048_576;
            return Err(Refusal::new(
                Kind::TooLarge,
                "file.too_large",
                format!("文件超过 {limit} MB。请拆分或压缩其中的图片后再上传。"),
                format!(
                    "The file is larger than {limit} MB. Split it, or make its pictures smaller, and upload again."
                ),
            )
            .into());
        }
        self.hasher.update(bytes);
        self.file.write_all(bytes).await?;
        Ok(())
    }

    /// Syncs the file and gives it its place. Returns its hash and its size in bytes.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn finish(mut self) -> AppResult<(FileHash, u64)> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let hash = FileHash(hex::encode(std::mem::take(&mut self.hasher).finalize()));
        self.files.adopt(&self.path, &hash).await?;
        self.kept = true;
        Ok((hash, self.size))
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing more can be done when this fails; upkeep throws it away a day later.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

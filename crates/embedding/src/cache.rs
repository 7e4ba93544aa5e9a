//! Vectors by the content of their texts, in one file for each model: the same text is never computed twice. It grows only; delete it
//! and it is made anew. Two processes may use it at once: each locks it while it writes.

use std::collections::{HashMap, HashSet};
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::embedder::{Embedder, Kind};
use crate::problem::Problem;
use crate::vector::Quantised;

/// Bytes of a text's digest that are kept.
const KEY_BYTES: usize = 16;
/// Texts that are computed before they are written: what is done stays done when the program is stopped.
const TEXTS: usize = 512;
const MAGIC: &[u8; 8] = b"KQCACH\x01\n";
const HEAD_BYTES: usize = 16;

type TextKey = [u8; KEY_BYTES];

/// The cache of one model in a folder.
pub struct Cache {
    path: PathBuf,
    head: [u8; HEAD_BYTES],
    known: HashMap<TextKey, Quantised>,
}

impl Cache {
    /// Reads the cache of a model; an absent, older or damaged file is an empty cache.
    ///
    /// # Errors
    /// When the folder cannot be made or the file not be read.
    pub fn open(dir: &Path, model: &dyn Embedder) -> Result<Cache, Problem> {
        let digest = Sha256::digest(model.name());
        let path = dir.join(format!("{}.vectors", hex::encode(&digest[..8])));
        let mut head = [0; HEAD_BYTES];
        head[..8].copy_from_slice(MAGIC);
        head[8..].copy_from_slice(&digest[..8]);
        fs::create_dir_all(dir).map_err(|e| Problem::file(dir, &e))?;
        let known = read(&path, &head).map_err(|e| Problem::file(&path, &e))?;
        Ok(Cache { path, head, known })
    }

    /// The vectors of texts, in order: those that are known from the cache, the others computed and kept. `told` hears how many
    /// are done.
    ///
    /// # Errors
    /// When the model cannot be run or the file not be written.
    pub fn embed(
        &mut self,
        model: &dyn Embedder,
        kind: Kind,
        texts: &[&str],
        mut told: impl FnMut(usize),
    ) -> Result<Vec<Quantised>, Problem> {
        let keys: Vec<TextKey> = texts.iter().map(|text| key(kind, text)).collect();
        let mut missing: Vec<(TextKey, &str)> = Vec::new();
        let mut seen = HashSet::new();
        for (key, text) in keys.iter().zip(texts) {
            if !self.known.contains_key(key) && seen.insert(*key) {
                missing.push((*key, text));
            }
        }
        let mut done = texts.len() - missing.len();
        for part in missing.chunks(TEXTS) {
            let texts: Vec<&str> = part.iter().map(|(_, text)| *text).collect();
            let vectors: Vec<Quantised> = model.embed(kind, &texts)?.iter().map(|v| v.quantised()).collect();
            let fresh: Vec<(TextKey, Quantised)> = part.iter().map(|(key, _)| *key).zip(vectors).collect();
            self.append(&fresh).map_err(|e| Problem::file(&self.path, &e))?;
            self.known.extend(fresh);
            done += part.len();
            told(done);
        }
        Ok(keys.iter().filter_map(|key| self.known.get(key).cloned()).collect())
    }

    fn append(&self, fresh: &[(TextKey, Quantised)]) -> std::io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.lock()?;
        let mut bytes = Vec::new();
        if file.metadata()?.len() == 0 {
            bytes.extend_from_slice(&self.head);
        }
        for (key, vector) in fresh {
            let start = bytes.len();
            bytes.extend_from_slice(key);
            bytes.extend((vector.values.len() as u32).to_le_bytes());
            bytes.extend(vector.scale.to_le_bytes());
            bytes.extend(vector.values.iter().map(|v| v.cast_unsigned()));
            let check = check(&bytes[start..]);
            bytes.extend_from_slice(&check);
        }
        file.write_all(&bytes)
    }
}

/// What the file holds; from the first record on that is not whole it is cut off, so that what is appended can be read.
fn read(path: &Path, head: &[u8; HEAD_BYTES]) -> std::io::Result<HashMap<TextKey, Quantised>> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    file.lock()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let mut known = HashMap::new();
    let mut whole = 0;
    if let Some(mut rest) = bytes.strip_prefix(head) {
        while let Some((key, vector)) = record(&mut rest) {
            known.insert(key, vector);
        }
        whole = bytes.len() - rest.len();
    }
    if whole < bytes.len() {
        file.set_len(whole as u64)?;
    }
    Ok(known)
}

/// The next record, if it is whole; then `bytes` begins after it.
fn record(bytes: &mut &[u8]) -> Option<(TextKey, Quantised)> {
    let (key, rest) = bytes.split_first_chunk::<KEY_BYTES>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (scale, rest) = rest.split_first_chunk::<4>()?;
    let (values, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    if check(&bytes[..KEY_BYTES + 8 + values.len()]) != *sum {
        return None;
    }
    *bytes = rest;
    let values = values.iter().map(|v| v.cast_signed()).collect();
    Some((*key, Quantised { values, scale: f32::from_le_bytes(*scale) }))
}

fn key(kind: Kind, text: &str) -> TextKey {
    let mark = match kind {
        Kind::Query => b"q",
        Kind::Passage => b"p",
    };
    let digest = Sha256::new().chain_update(mark).chain_update(text.trim()).finalize();
    let mut key = TextKey::default();
    key.copy_from_slice(&digest[..KEY_BYTES]);
    key
}

/// The first bytes of a record's digest: enough to tell a record that was cut off or overwritten.
fn check(record: &[u8]) -> [u8; 4] {
    let digest = Sha256::digest(record);
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::vector::Vector;

    /// Counts how many texts it is asked for.
    struct Counting(AtomicUsize);

    impl Embedder for Counting {
        fn name(&self) -> &str {
            "counting"
        }

        fn embed(&self, kind: Kind, texts: &[&str]) -> Result<Vec<Vector>, Problem> {
            self.0.fetch_add(texts.len(), Ordering::Relaxed);
            let one = |t: &&str| Vector::normalised(vec![t.len() as f32, if kind == Kind::Query { 1.0 } else { 2.0 }]);
            Ok(texts.iter().map(one).collect())
        }
    }

    #[test]
    fn a_text_is_computed_once_even_after_a_crash() {
        let dir = tempfile::tempdir().unwrap();
        let model = Counting(AtomicUsize::new(0));
        let computed = || model.0.load(Ordering::Relaxed);
        let open = || Cache::open(dir.path(), &model).unwrap();
        let first = open().embed(&model, Kind::Passage, &["甲", "乙乙", "甲"], |_| ()).unwrap();
        assert_eq!((first.len(), computed()), (3, 2));
        assert_eq!(open().embed(&model, Kind::Passage, &["甲", "乙乙", "甲"], |_| ()).unwrap(), first);
        assert_eq!(computed(), 2);
        open().embed(&model, Kind::Query, &["甲"], |_| ()).unwrap();
        assert_eq!(computed(), 3, "what is sought has another vector");

        let path = open().path;
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
        open().embed(&model, Kind::Query, &["丙"], |_| ()).unwrap();
        open().embed(&model, Kind::Query, &["丙"], |_| ()).unwrap();
        assert_eq!(computed(), 4, "the half record is cut off and what follows is read");
        fs::write(&path, "something else").unwrap();
        assert!(open().known.is_empty());
        assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    }

    #[test]
    fn no_damage_makes_wrong_vectors() {
        let dir = tempfile::tempdir().unwrap();
        let model = Counting(AtomicUsize::new(0));
        let vectors =
            Cache::open(dir.path(), &model).unwrap().embed(&model, Kind::Passage, &["甲", "乙乙"], |_| ()).unwrap();
        let path = Cache::open(dir.path(), &model).unwrap().path;
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            fs::write(&path, flipped).unwrap();
            for found in Cache::open(dir.path(), &model).unwrap().known.values() {
                assert!(vectors.contains(found));
            }
        }
    }
}

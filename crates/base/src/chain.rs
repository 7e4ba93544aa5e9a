//! Entries that show tampering: each carries the hash of the one before, so nothing can be changed, taken out or put in without
//! breaking the chain. Cutting off the end shows against an anchor (sequence number and hash) that was noted elsewhere. What an entry
//! says, and how entries are stored, is not here: the log of acts is in `access`, that of evidence in `evidence`.

use std::fmt;

use keqiao_i18n::Fixed;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The hash before the first entry.
pub const ORIGIN: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What can stand in a chain.
pub trait Chained {
    /// Tells this chain from all others; hashed before everything else.
    const TAG: &'static [u8];
    /// Every field as text, in an order that never changes.
    fn fields(&self) -> Vec<String>;
}

/// One entry of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry<A> {
    /// Place in the chain, from 1, without gaps.
    pub seq: i64,
    /// What happened.
    #[serde(flatten)]
    pub act: A,
    /// Hash of the entry before.
    pub prev: String,
    /// Hash of this entry.
    pub hash: String,
}

/// The end of a chain as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Anchor {
    /// Last sequence number; 0 for the empty chain.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl Default for Anchor {
    fn default() -> Self {
        Anchor { seq: 0, hash: ORIGIN.to_owned() }
    }
}

impl Anchor {
    /// The entry that comes next.
    pub fn follow<A: Chained>(&self, act: A) -> Entry<A> {
        let seq = self.seq + 1;
        Entry { seq, hash: hash(seq, &self.hash, &act), prev: self.hash.clone(), act }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl std::str::FromStr for Anchor {
    type Err = NotAnAnchor;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (seq, hash) = text.trim().split_once(':').ok_or(NotAnAnchor)?;
        let seq = seq.parse().map_err(|_| NotAnAnchor)?;
        let right = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && seq >= 0;
        if right { Ok(Anchor { seq, hash: hash.to_lowercase() }) } else { Err(NotAnAnchor) }
    }
}

/// An anchor is written `seq:hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAnchor;

impl fmt::Display for NotAnAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("应为“序号:哈希”，如日志末尾所示。/ Expected `number:hash`, as shown at the end of the log.")
    }
}

impl std::error::Error for NotAnAnchor {}

/// SHA-256 over every field, each led by its length, so that no two entries are written alike.
fn hash<A: Chained>(seq: i64, prev: &str, act: &A) -> String {
    let mut digest = Sha256::new();
    digest.update(A::TAG);
    let mut field = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text.as_bytes());
    };
    field(&seq.to_string());
    field(prev);
    act.fields().iter().for_each(|text| field(text));
    hex::encode(digest.finalize())
}

/// Why a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// The content does not give the hash it carries.
    Changed,
    /// Entries before this one are gone.
    Missing,
    /// It does not stand where it was written.
    Reordered,
    /// The chain ends before the anchor, or the anchor is of another chain.
    Truncated,
}

impl Break {
    /// In words.
    pub const fn title(self) -> Fixed {
        let (zh, en) = match self {
            Break::Changed => ("内容被改动", "changed after it was written"),
            Break::Missing => ("之前有记录被删除", "entries before it are gone"),
            Break::Reordered => ("顺序被打乱，或者插入了记录", "moved or put in"),
            Break::Truncated => {
                ("末尾被截断，或者不是同一份日志", "cut off, or not the log that the anchor was taken of")
            }
        };
        Fixed { zh, en }
    }
}

/// Where a chain is broken first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The entry at which it shows.
    pub seq: i64,
    /// Why.
    pub why: Break,
}

/// Follows a chain, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Verifier {
    end: Anchor,
    anchor: Option<Anchor>,
    anchored: bool,
}

impl Verifier {
    /// Starts before the first entry; with an anchor, the chain must run through it.
    pub fn new(anchor: Option<Anchor>) -> Self {
        Verifier { end: Anchor::default(), anchored: anchor.as_ref().is_none_or(|a| a.seq == 0), anchor }
    }

    /// The next entry.
    ///
    /// # Errors
    /// Where the chain is broken.
    pub fn next<A: Chained>(&mut self, entry: &Entry<A>) -> Result<(), Broken> {
        let broken = |why| Err(Broken { seq: entry.seq, why });
        if entry.seq > self.end.seq + 1 {
            return broken(Break::Missing);
        }
        if entry.seq <= self.end.seq {
            return broken(Break::Reordered);
        }
        if hash(entry.seq, &entry.prev, &entry.act) != entry.hash {
            return broken(Break::Changed);
        }
        if entry.prev != self.end.hash {
            return broken(Break::Reordered);
        }
        self.end = Anchor { seq: entry.seq, hash: entry.hash.clone() };
        if let Some(anchor) = self.anchor.as_ref().filter(|a| a.seq == entry.seq) {
            if anchor.hash != entry.hash {
                return broken(Break::Truncated);
            }
            self.anchored = true;
        }
        Ok(())
    }

    /// After the last entry: the end of the chain, to be noted as the next anchor.
    ///
    /// # Errors
    /// When the chain ended before the anchor.
    pub fn finish(self) -> Result<Anchor, Broken> {
        if self.anchored { Ok(self.end) } else { Err(Broken { seq: self.end.seq + 1, why: Break::Truncated }) }
    }
}

/// Follows a whole chain at once.
///
/// # Errors
/// Where the chain is broken.
pub fn verify<'a, A: Chained + 'a>(
    entries: impl IntoIterator<Item = &'a Entry<A>>,
    anchor: Option<Anchor>,
) -> Result<Anchor, Broken> {
    let mut verifier = Verifier::new(anchor);
    entries.into_iter().try_for_each(|entry| verifier.next(entry))?;
    verifier.finish()
}

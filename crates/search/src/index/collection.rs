//! A collection of texts that can be searched: built at once or text by text, texts added and taken away at any time.
//! It lives in memory and is rebuilt from the database at will; it holds nothing that is not stored there.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::index::facet::Facets;
use crate::index::forward::{Extent, Forward};
use crate::index::keys::{TermSet, Terms, grams, single};
use crate::index::postings::Postings;
use crate::index::vocabulary::Vocabulary;
use crate::rank::dense::Vectors;
use crate::rank::weights::Weights;
use crate::text::lexicon::lexicon;
use crate::text::stream::{BREAK, Stream, UNITS_MAX, is_token};

/// The caller's name for a text (its id in the database).
pub type Key = u128;

/// One text as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The caller's name for it.
    pub key: Key,
    /// Its title; may be empty.
    pub title: String,
    /// Its body.
    pub text: String,
    /// Fixed properties: dimension and value.
    pub facets: Vec<(String, String)>,
}

/// Sums over the living texts, for averages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Living texts.
    pub texts: u64,
    /// Their words.
    pub words: u64,
    /// Their grams.
    pub grams: u64,
    /// Their single hanzi.
    pub hanzi: u64,
}

/// A collection of texts.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    pub(crate) forward: Forward,
    pub(crate) postings: Postings,
    pub(crate) words: Vocabulary,
    pub(crate) facets: Facets,
    pub(crate) totals: Totals,
    pub(crate) keys: Vec<Key>,
    pub(crate) vectors: Option<Vectors>,
    /// What the parts of a score count.
    pub weights: Weights,
    slots: HashMap<Key, u32>,
}

/// A text read and counted, ready to be appended.
struct Prepared {
    stream: Stream,
    extent: Extent,
    counts: Terms<u32>,
    words: Vec<(u64, std::ops::Range<usize>)>,
}

/// How many texts are read at a time while building.
const CHUNK: usize = 2048;

impl Collection {
    /// Builds a collection, reading texts on all cores. A key that comes again replaces the earlier text.
    pub fn build(documents: &[Document]) -> Collection {
        let mut collection = Collection::default();
        collection.extend(documents);
        collection
    }

    /// Adds many texts: while some are appended the next are read.
    pub fn extend(&mut self, documents: &[Document]) {
        let read = |chunk: &[Document]| -> Vec<Prepared> {
            chunk.par_iter().with_min_len(16).map(|d| prepare(&d.title, &d.text)).collect()
        };
        let mut waiting: (&[Document], Vec<Prepared>) = (&[], Vec::new());
        for chunk in documents.chunks(CHUNK).chain([&[][..]]) {
            let (before, prepared) = std::mem::take(&mut waiting);
            let append = || before.iter().zip(prepared).for_each(|(d, text)| self.append(d, text));
            waiting = (chunk, rayon::join(append, || read(chunk)).1);
        }
    }

    /// Adds one text; it is found from now on.
    pub fn add(&mut self, document: &Document) {
        self.append(document, prepare(&document.title, &document.text));
    }

    fn append(&mut self, document: &Document, text: Prepared) {
        self.remove(document.key);
        let slot = self.forward.push(&text.stream, text.extent);
        for (&key, &times) in &text.counts {
            self.postings.push(key, slot, times);
        }
        for (key, range) in text.words {
            self.words.hold(key, || spelling(&text.stream, range));
        }
        self.facets.push(&document.facets);
        self.keys.push(document.key);
        self.slots.insert(document.key, slot);
        self.totals.texts += 1;
        self.totals.words += u64::from(text.extent.words);
        self.totals.grams += u64::from(text.extent.grams);
        self.totals.hanzi += u64::from(text.extent.hanzi);
    }

    /// Takes a text away; `false` where there is none of that key.
    pub fn remove(&mut self, key: Key) -> bool {
        let Some(slot) = self.slots.remove(&key) else { return false };
        let mut stream = Stream::default();
        self.forward.read(slot, &mut stream);
        let (counts, words) = count(&stream, self.forward.extent(slot).title as usize);
        counts.keys().for_each(|&k| self.postings.release(k));
        words.iter().for_each(|(k, _)| self.words.release(*k));
        let extent = *self.forward.extent(slot);
        self.forward.kill(slot);
        self.totals.texts -= 1;
        self.totals.words -= u64::from(extent.words);
        self.totals.grams -= u64::from(extent.grams);
        self.totals.hanzi -= u64::from(extent.hanzi);
        true
    }

    /// How many texts can be found.
    pub fn len(&self) -> usize {
        self.totals.texts as usize
    }

    /// Whether no text can be found.
    pub fn is_empty(&self) -> bool {
        self.totals.texts == 0
    }

    /// The share of slots whose text is gone; above a third it is time to rebuild.
    pub fn waste(&self) -> (usize, usize) {
        (self.forward.len() - self.len(), self.forward.len())
    }

    /// The slot of a key.
    pub fn slot(&self, key: Key) -> Option<u32> {
        self.slots.get(&key).copied()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let vectors = self.vectors.as_ref().map_or(0, Vectors::bytes);
        self.forward.bytes() + self.postings.bytes() + self.words.bytes() + self.keys.capacity() * 64 + vectors
    }
}

fn prepare(title: &str, text: &str) -> Prepared {
    let mut stream = Stream::read(title);
    let mut title_units = 0;
    let body = Stream::read(text);
    let solves = lexicon().opens_with_solution(&body.units);
    if stream.units.is_empty() {
        stream = body;
    } else {
        stream.units.push(BREAK);
        stream.starts.push(false);
        title_units = stream.units.len();
        stream.units.extend(body.units);
        stream.starts.extend(body.starts);
        stream.tokens.extend(body.tokens);
    }
    stream.units.truncate(UNITS_MAX * 2);
    stream.starts.truncate(UNITS_MAX * 2);
    let hanzi = stream.units.iter().filter(|&&u| u != BREAK && !is_token(u)).count();
    let mut gram_count = 0;
    grams(&stream.units, |_, _| gram_count += 1);
    let (counts, words) = count(&stream, title_units);
    let extent = Extent {
        title: title_units as u32,
        words: stream.words().count() as u16,
        grams: gram_count as u16,
        hanzi: hanzi as u16,
        solves,
        lives: true,
        ..Extent::default()
    };
    Prepared { stream, extent, counts, words }
}

/// The terms of a text with how often they stand in it, titles twice, and its different words.
fn count(stream: &Stream, title: usize) -> (Terms<u32>, Vec<(u64, std::ops::Range<usize>)>) {
    let mut counts = Terms::default();
    let mut add = |at: usize, key: u64| *counts.entry(key).or_insert(0) += 1 + u32::from(at < title);
    grams(&stream.units, &mut add);
    for (at, &unit) in stream.units.iter().enumerate().filter(|&(_, &u)| u != BREAK && !is_token(u)) {
        add(at, single(unit));
    }
    let mut seen = TermSet::default();
    let words = stream.words().map(|r| (stream.word_key(r.clone()), r)).filter(|(k, _)| seen.insert(*k)).collect();
    (counts, words)
}

/// A word as it is spelt (folded).
fn spelling(stream: &Stream, range: std::ops::Range<usize>) -> Box<str> {
    if is_token(stream.units[range.start]) {
        let nth = stream.units[..range.start].iter().filter(|&&u| is_token(u)).count();
        return stream.tokens.get(nth).cloned().unwrap_or_default();
    }
    stream.units[range].iter().filter_map(|&u| char::from_u32(u)).collect::<String>().into_boxed_str()
}

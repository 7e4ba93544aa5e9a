//! A query, understood against a collection: its terms with their weights, what was put right, what was added.

use crate::index::collection::Collection;
use crate::index::keys::{Terms, grams, single};
use crate::rank::{rarity, weight};
use crate::text::lexicon::lexicon;
use crate::text::sound::sound;
use crate::text::stream::{BREAK, Stream, is_token};

/// Weight of a corrected word against the word as typed.
const CORRECTED: f32 = 0.8;
/// The most words of a query that are put right.
const CORRECTIONS_MAX: usize = 4;
/// The longest query that is read, in units.
const QUERY_UNITS_MAX: usize = 600;

/// A word of the query that carries matter.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its key.
    pub key: u64,
    /// Its weight in the share of the query that is covered.
    pub weight: f32,
    /// Its units.
    pub units: Vec<u32>,
    /// Keys that stand for it fully: corrections.
    pub others: Vec<u64>,
}

/// A row of content words that stand together in the query.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Its units.
    pub units: Vec<u32>,
    /// Its share of all chunks.
    pub share: f32,
}

/// What kind of query it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// It names what is to be overcome.
    Demand,
    /// A sentence, a question or a list of words.
    #[default]
    Words,
    /// One term and nothing else.
    Phrase,
}

/// The most words of a key phrase.
const PHRASE_WORDS_MAX: usize = 4;

/// The grams that a profile marks as held.
pub const MARKS_MAX: u8 = 128;

/// A query as the ranking uses it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Weights by word.
    pub words: Terms<f32>,
    /// Weights by gram.
    pub grams: Terms<f32>,
    /// Weights by single hanzi.
    pub singles: Terms<f32>,
    /// The content words in order, each once.
    pub content: Vec<Content>,
    /// The content words as they stand together.
    pub chunks: Vec<Chunk>,
    /// What kind of query it is.
    pub form: Form,
    /// What was typed and what was taken instead.
    pub corrections: Vec<(String, String)>,
    /// What a text would be worth that held every term of the query once, by view: words, grams, single hanzi. Terms
    /// that no text holds count too, so a query of unknown words never looks answered.
    pub mass: [f32; 3],
    /// The place of each gram among those that are marked in a profile, the weightiest first.
    pub marks: Terms<u8>,
    /// Whether it asks for something, rather than to name it.
    pub asks: bool,
    /// Units that occur in the plan, as a set of bits for those below 0x10000.
    filter: Vec<u64>,
}

impl Plan {
    /// Plans a query.
    pub fn new(collection: &Collection, text: &str) -> Plan {
        let mut stream = Stream::read(text);
        stream.units.truncate(QUERY_UNITS_MAX);
        stream.starts.truncate(QUERY_UNITS_MAX);
        let mut plan = Plan { filter: vec![0; 1024], ..Plan::default() };
        plan.asks = text.trim_end().ends_with(['?', '？']) || lexicon().asks(&stream.units);
        plan.add_terms(collection, &stream);
        plan.add_content(collection, &stream);
        plan.add_chunks(&stream);
        plan.form = form(&stream, plan.content.len());
        for at in 0..plan.content.len() {
            plan.widen(collection, at, &stream);
        }
        plan.mark();
        plan.finish();
        plan
    }

    /// Adds the terms of the query.
    fn add_terms(&mut self, collection: &Collection, stream: &Stream) {
        let texts = collection.totals.texts;
        let mass = &mut self.mass;
        let mut add = |to: &mut Terms<f32>, view: usize, key: u64, holders: u32| {
            let weight = weight(rarity(holders, texts));
            mass[view] += weight;
            if holders > 0 {
                *to.entry(key).or_insert(0.0) += weight;
            }
        };
        for word in stream.words() {
            let key = stream.word_key(word);
            add(&mut self.words, 0, key, collection.words.holders(key));
        }
        grams(&stream.units, |_, key| add(&mut self.grams, 1, key, collection.postings.holders(key)));
        for &unit in stream.units.iter().filter(|&&u| u != BREAK && !is_token(u)) {
            add(&mut self.singles, 2, single(unit), collection.postings.holders(single(unit)));
        }
    }

    fn add_content(&mut self, collection: &Collection, stream: &Stream) {
        let texts = collection.totals.texts;
        for word in stream.words() {
            let key = stream.word_key(word.clone());
            if lexicon().is_function(key) || self.content.iter().any(|c| c.key == key) {
                continue;
            }
            let rarity = rarity(collection.words.holders(key), texts.max(1));
            self.content.push(Content {
                key,
                weight: weight(rarity),
                units: stream.units[word].to_vec(),
                others: vec![],
            });
        }
    }

    fn add_chunks(&mut self, stream: &Stream) {
        let mut chunks: Vec<(Vec<u32>, f32)> = Vec::new();
        let mut end = usize::MAX;
        for word in stream.words() {
            let key = stream.word_key(word.clone());
            let Some(content) = self.content.iter().find(|c| c.key == key) else { continue };
            match chunks.last_mut().filter(|_| end == word.start) {
                Some((units, weight)) => {
                    units.extend(&stream.units[word.clone()]);
                    *weight += content.weight;
                }
                None => chunks.push((stream.units[word.clone()].to_vec(), content.weight)),
            }
            end = word.end;
        }
        let total: f32 = chunks.iter().map(|c| c.1).sum();
        self.chunks = chunks.into_iter().map(|(units, w)| Chunk { units, share: w / total.max(1e-6) }).collect();
    }

    /// Adds what may stand for a content word: its synonyms, and a correction where the collection does not know it.
    fn widen(&mut self, collection: &Collection, at: usize, stream: &Stream) {
        let (key, units) = (self.content[at].key, self.content[at].units.clone());
        for synonym in lexicon().synonyms(key) {
            self.stand_in(collection, at, synonym, collection.weights.synonym, false);
        }
        let unknown = collection.words.holders(key) == 0 && !held_in_part(collection, &units);
        if !unknown || self.corrections.len() >= CORRECTIONS_MAX {
            return;
        }
        let typed = spell(stream, &units);
        if let Some((_, better)) = correct(collection, &typed) {
            let better = better.to_owned();
            let units = Stream::read(&better).units;
            self.stand_in(collection, at, &units, CORRECTED, true);
            self.corrections.push((typed, better));
        }
    }

    /// Lets other units stand for a content word, never with more weight than the word itself has.
    fn stand_in(&mut self, collection: &Collection, at: usize, units: &[u32], factor: f32, covers: bool) {
        let texts = collection.totals.texts;
        let stream = Stream {
            units: units.to_vec(),
            starts: std::iter::once(true).chain(units.iter().skip(1).map(|_| false)).collect(),
            ..Stream::default()
        };
        let key = stream.word_key(0..units.len());
        let holders = collection.words.holders(key);
        if holders > 0 {
            let w = (factor * weight(rarity(holders, texts))).min(factor * self.content[at].weight);
            let entry = self.words.entry(key).or_insert(0.0);
            *entry = entry.max(w);
            if covers {
                self.content[at].others.push(key);
            }
        }
        grams(units, |_, gram| {
            let holders = collection.postings.holders(gram);
            if holders > 0 {
                let w = (factor * weight(rarity(holders, texts))).min(factor * self.content[at].weight);
                let entry = self.grams.entry(gram).or_insert(0.0);
                *entry = entry.max(w);
            }
        });
        self.content[at].units.iter().chain(units).for_each(|&u| note(&mut self.filter, u));
    }

    /// Gives the weightiest grams their places.
    fn mark(&mut self) {
        let mut grams: Vec<(f32, u64)> = self.grams.iter().map(|(&key, &weight)| (weight, key)).collect();
        grams.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.marks = (0..MARKS_MAX).zip(grams).map(|(place, (_, key))| (key, place)).collect();
    }

    fn finish(&mut self) {
        let filter = &mut self.filter;
        self.singles.keys().for_each(|&u| note(filter, u as u32));
        self.chunks.iter().flat_map(|c| &c.units).for_each(|&u| note(filter, u));
        self.content.iter().flat_map(|c| &c.units).for_each(|&u| note(filter, u));
    }

    /// Whether a unit can be part of anything the plan looks for.
    pub fn may_hold(&self, unit: u32) -> bool {
        self.filter.get((unit / 64) as usize).is_none_or(|word| word >> (unit % 64) & 1 == 1)
    }
}

fn form(stream: &Stream, content: usize) -> Form {
    let words = stream.words().count();
    if lexicon().is_demand(&stream.units) {
        Form::Demand
    } else if !stream.units.contains(&BREAK) && words == content && words <= PHRASE_WORDS_MAX {
        Form::Phrase
    } else {
        Form::Words
    }
}

fn note(filter: &mut [u64], unit: u32) {
    if let Some(word) = filter.get_mut((unit / 64) as usize) {
        *word |= 1 << (unit % 64);
    }
}

/// Whether the collection holds every gram of a word, so that it is known though cut otherwise.
fn held_in_part(collection: &Collection, units: &[u32]) -> bool {
    let (mut all, mut held) = (0, 0);
    grams(units, |_, key| {
        all += 1;
        held += usize::from(collection.postings.holders(key) > 0);
    });
    all == held && (all > 0 || units.iter().all(|&u| collection.postings.holders(single(u)) > 0))
}

/// The word that was probably meant: what sounds the same, what the pinyin spells, what is spelt nearly so.
fn correct<'c>(collection: &'c Collection, typed: &str) -> Option<(u64, &'c str)> {
    let words = &collection.words;
    let sounds = sound(typed).unwrap_or_else(|| typed.to_owned());
    words.sounding(&sounds).first().copied().filter(|(_, w)| *w != typed).or_else(|| words.nearest(typed))
}

/// A word of the query as it is spelt (folded).
fn spell(stream: &Stream, units: &[u32]) -> String {
    if let [unit] = units
        && is_token(*unit)
    {
        let mut tokens = stream.units.iter().filter(|&&u| is_token(u)).zip(&stream.tokens);
        return tokens.find(|(u, _)| *u == unit).map(|(_, t)| t.to_string()).unwrap_or_default();
    }
    units.iter().filter_map(|&u| char::from_u32(u)).collect()
}

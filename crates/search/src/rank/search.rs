//! Search: plan, recall, profile, fuse. The same query on the same collection gives the same hits.

use std::cmp::Ordering;

use crate::index::collection::{Collection, Key};
use crate::index::facet::{Choice, Counts};
use crate::rank::dense::Vectors;
use crate::rank::feature::{Features, see};
use crate::rank::fuse::{Candidate, fuse};
use crate::rank::kind::Kind;
use crate::rank::plan::Plan;
use crate::rank::profile::{Profile, Profiler};
use crate::rank::recall::Recall;
use crate::rank::rerank::{DEPTH, rerank};

/// Candidates that are profiled, from the words and from the vectors each.
const CANDIDATES: usize = 300;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Query<'q> {
    /// The words of the searcher.
    pub text: &'q str,
    /// The vector of the same words, where a model is there.
    pub vector: Option<&'q [f32]>,
    /// Facets that the texts must have.
    pub choice: Choice,
    /// How many hits are wanted.
    pub limit: usize,
    /// A text that is not to be found (the one the query was made from).
    pub except: Option<Key>,
}

/// A text that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The caller's name for it.
    pub key: Key,
    /// The higher the better; comparable within one search only.
    pub score: f32,
    /// What was seen of its words.
    pub profile: Profile,
    /// Likeness of vectors, where there are any.
    pub dense: Option<f32>,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The best texts, best first.
    pub hits: Vec<Hit>,
    /// How many texts have any of the words.
    pub total: usize,
    /// Facets of all of them.
    pub facets: Counts,
    /// Words that were put right: as typed, as taken.
    pub corrections: Vec<(String, String)>,
}

/// The first texts of a search as judgements are learnt from.
#[derive(Clone, Debug)]
pub struct Shortlist {
    /// The kind of query.
    pub kind: Kind,
    /// Key, score and features, in order.
    pub texts: Vec<(Key, f32, Features)>,
}

/// What a searching thread keeps between queries.
#[derive(Default)]
pub struct Searcher {
    recall: Recall,
    profiler: Profiler,
}

impl Collection {
    /// Searches once; see [`Searcher`] for many searches.
    pub fn search(&self, query: &Query<'_>) -> Found {
        Searcher::default().search(self, query)
    }

    /// Gives the collection vectors: one row of `dim` numbers for every slot, in the order the texts were added.
    pub fn set_vectors(&mut self, dim: usize, rows: &[f32]) {
        self.vectors = Some(Vectors::new(dim, rows));
    }

    /// Whether there are vectors.
    pub fn has_vectors(&self) -> bool {
        self.vectors.is_some()
    }

    /// Gives one text its vector; `false` when there is no such text. Vectors of another length than before begin anew: they are
    /// another model's.
    pub fn put_vector(&mut self, key: Key, row: &[f32]) -> bool {
        let Some(slot) = self.slot(key) else { return false };
        if self.vectors.as_ref().is_none_or(|vectors| vectors.dim != row.len()) {
            self.vectors = Some(Vectors::empty(row.len()));
        }
        self.vectors.iter_mut().for_each(|vectors| vectors.put(slot, row));
        true
    }

    /// Takes over the vectors of an older collection for the texts that are here too, until they get their own.
    pub fn inherit_vectors(&mut self, from: &Collection) {
        let Some(old) = &from.vectors else { return };
        let mut vectors = Vectors::empty(old.dim);
        for (slot, key) in (0..).zip(&self.keys) {
            if let Some(at) = from.slot(*key) {
                vectors.take(slot, old, at);
            }
        }
        self.vectors = Some(vectors);
    }
}

impl Searcher {
    /// Searches a collection.
    pub fn search(&mut self, collection: &Collection, query: &Query<'_>) -> Found {
        let (plan, mut candidates, total, facets) = self.gather(collection, query);
        rerank(collection, &plan, &mut candidates);
        let hit = |c: &Candidate| Hit { key: key(collection, c), score: c.score, profile: c.profile, dense: c.dense };
        let hits = candidates.iter().take(query.limit).map(hit).collect();
        Found { hits, total, facets, corrections: plan.corrections }
    }

    /// The first texts of a search before corrections that were learnt, with everything a correction can rest on.
    pub fn shortlist(&mut self, collection: &Collection, query: &Query<'_>) -> Shortlist {
        let (plan, candidates, ..) = self.gather(collection, query);
        let seen = see(collection, &plan, &candidates, DEPTH);
        let texts = candidates.iter().zip(seen).map(|(c, f)| (key(collection, c), c.score, f)).collect();
        Shortlist { kind: Kind::of(collection, &plan), texts }
    }

    /// The candidates in order of the score, and what a count of them needs.
    fn gather(&mut self, collection: &Collection, query: &Query<'_>) -> (Plan, Vec<Candidate>, usize, Counts) {
        let plan = Plan::new(collection, query.text);
        let sets = collection.facets.resolve(&query.choice);
        let except = query.except.and_then(|k| collection.slot(k));
        let fits = |slot: u32| Some(slot) != except && (sets.is_empty() || collection.facets.fits(slot, &sets));
        let sums = self.recall.run(collection, &plan);
        let held = |&slot: &u32| sums[slot as usize] > 0.0 && fits(slot);
        let mut total = 0;
        let facets = collection.facets.count((0..sums.len() as u32).filter(held).inspect(|_| total += 1));
        let mut best = Best::new(CANDIDATES);
        best.least = 0.0;
        (0..sums.len() as u32).for_each(|slot| {
            if sums[slot as usize] > best.least && fits(slot) {
                best.take(slot, sums[slot as usize]);
            }
        });
        let mut slots: Vec<u32> = best.into_slots().collect();
        let vectors = collection.vectors.as_ref().zip(query.vector).filter(|(v, q)| v.dim == q.len());
        let prepared = vectors.map(|(v, q)| (v, v.prepare(q)));
        if let Some((vectors, vector)) = &prepared {
            let fits = |slot: u32| collection.forward.extent(slot).lives && fits(slot);
            slots.extend(vectors.nearest(vector, CANDIDATES, fits));
        }
        slots.sort_unstable();
        slots.dedup();
        let prepared = prepared.map(|(vectors, vector)| (vectors, Vectors::quantised(&vector)));
        let dense = |slot: u32| prepared.as_ref().map(|(vectors, vector)| vectors.likeness(vector, slot));
        let mut candidates: Vec<Candidate> = slots
            .into_iter()
            .map(|slot| {
                let profile = self.profiler.profile(collection, &plan, slot);
                Candidate { slot, profile, dense: dense(slot), apart: 0.0, score: 0.0 }
            })
            .collect();
        fuse(collection, &plan, &mut candidates);
        candidates
            .sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| key(collection, a).cmp(&key(collection, b))));
        (plan, candidates, total, facets)
    }
}

fn key(collection: &Collection, candidate: &Candidate) -> Key {
    collection.keys[candidate.slot as usize]
}

/// Keeps the best of many without sorting them; among equals the earlier.
struct Best {
    most: usize,
    kept: Vec<(u32, f32)>,
    /// What a text must be worth more than to be looked at.
    least: f32,
}

impl Best {
    fn new(most: usize) -> Best {
        Best { most, kept: Vec::with_capacity(most * 4), least: f32::NEG_INFINITY }
    }

    fn take(&mut self, slot: u32, worth: f32) {
        self.kept.push((slot, worth));
        if self.kept.len() == self.most * 4 {
            self.cut();
            self.least = self.kept.iter().map(|k| k.1).fold(f32::INFINITY, f32::min);
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.most {
            let order = |a: &(u32, f32), b: &(u32, f32)| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
            self.kept.select_nth_unstable_by(self.most, order);
            self.kept.truncate(self.most);
        }
    }

    fn into_slots(mut self) -> impl Iterator<Item = u32> {
        self.cut();
        self.kept.into_iter().map(|k| k.0)
    }
}

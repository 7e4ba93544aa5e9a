//! Search: plan, recall, profile, fuse. The same query on the same collection gives the same hits.

use std::cmp::Ordering;

use crate::index::collection::{Collection, Key};
use crate::index::facet::{Choice, Counts};
use crate::rank::dense::{Parts, Vectors};
use crate::rank::fuse::{Candidate, fuse};
use crate::rank::plan::Plan;
use crate::rank::profile::{Profile, Profiler};
use crate::rank::recall::Recall;

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

    /// Begins the vectors anew: what all of them share is learnt from a sample, each comes with [`Collection::put_vector`].
    pub fn learn_vectors(&mut self, dim: usize, sample: &[f32]) {
        self.vectors = Some(Vectors::learnt(dim, sample));
    }

    /// Gives one text its vector, once vectors have begun; `false` when they have not, or there is no such text.
    pub fn put_vector(&mut self, key: Key, row: &[f32]) -> bool {
        let slot = self.slot(key);
        let Some((slot, vectors)) = slot.zip(self.vectors.as_mut()) else { return false };
        vectors.put(slot, row);
        true
    }

    /// Gives the collection vectors of parts of texts as well: `owners` holds the slot of each row, in rising order.
    pub fn set_part_vectors(&mut self, dim: usize, rows: &[f32], owners: &[u32]) {
        self.parts = Some(Parts::new(dim, rows, owners));
    }
}

impl Searcher {
    /// Searches a collection.
    pub fn search(&mut self, collection: &Collection, query: &Query<'_>) -> Found {
        let plan = Plan::new(collection, query.text);
        let sets = collection.facets.resolve(&query.choice);
        let except = query.except.and_then(|k| collection.slot(k));
        let fits = |slot: u32| Some(slot) != except && (sets.is_empty() || collection.facets.fits(slot, &sets));
        let mut worded: Vec<(u32, f32)> = self.recall.run(collection, &plan).filter(|(slot, _)| fits(*slot)).collect();
        let total = worded.len();
        let facets = collection.facets.count(worded.iter().map(|w| w.0));
        keep_best(&mut worded, CANDIDATES);
        let mut slots: Vec<u32> = worded.iter().map(|w| w.0).collect();
        let vectors = collection.vectors.as_ref().zip(query.vector).filter(|(v, q)| v.dim == q.len());
        let prepared = vectors.map(|(v, q)| (v, Vectors::quantised(&v.prepare(q))));
        if let Some((vectors, vector)) = &prepared {
            let living =
                (0..vectors.len().min(collection.forward.len()) as u32).filter(|&s| collection.forward.extent(s).lives);
            let mut like: Vec<(u32, f32)> =
                living.filter(|&s| fits(s)).map(|s| (s, vectors.likeness(vector, s))).collect();
            keep_best(&mut like, CANDIDATES);
            slots.extend(like.iter().map(|l| l.0));
            slots.sort_unstable();
            slots.dedup();
        }
        let parts = collection.parts.as_ref().zip(query.vector).filter(|_| prepared.is_some());
        let parts = parts.map(|(p, q)| (p, p.prepare(q)));
        let dense = |slot: u32| {
            let (vectors, vector) = prepared.as_ref()?;
            let whole = vectors.likeness(vector, slot);
            let part = parts.as_ref().and_then(|(p, q)| p.likeness(q, slot));
            Some(part.map_or(whole, |part| 0.5 * (whole + part)))
        };
        let mut candidates: Vec<Candidate> = slots
            .into_iter()
            .map(|slot| {
                let profile = self.profiler.profile(collection, &plan, slot);
                Candidate { slot, profile, dense: dense(slot), score: 0.0 }
            })
            .collect();
        fuse(collection, &plan, &mut candidates);
        candidates
            .sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| key(collection, a).cmp(&key(collection, b))));
        let hit = |c: &Candidate| Hit { key: key(collection, c), score: c.score, profile: c.profile, dense: c.dense };
        let hits = candidates.iter().take(query.limit).map(hit).collect();
        Found { hits, total, facets, corrections: plan.corrections }
    }
}

fn key(collection: &Collection, candidate: &Candidate) -> Key {
    collection.keys[candidate.slot as usize]
}

/// Keeps the `n` best; among equals the earlier.
fn keep_best(scored: &mut Vec<(u32, f32)>, n: usize) {
    let order = |a: &(u32, f32), b: &(u32, f32)| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
    if scored.len() > n {
        scored.select_nth_unstable_by(n, order);
        scored.truncate(n);
    }
    scored.sort_unstable_by(order);
}

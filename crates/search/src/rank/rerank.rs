//! The order of the first texts, put right by what judgements taught: a sum of named numbers with weights that can be
//! read, one table for every kind of query. What has no table stays as it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::index::collection::Collection;
use crate::rank::feature::{Feature, Features, see};
use crate::rank::fuse::Candidate;
use crate::rank::kind::Kind;
use crate::rank::plan::Plan;

/// How many of the first texts are put right.
pub const DEPTH: usize = 30;

/// What was learnt from judged collections with vectors of multilingual-e5-small; a column for every kind, in the order
/// of [`Kind::ALL`].
#[rustfmt::skip]
const LEARNT: [(Feature, [f32; Kind::ALL.len()]); Feature::ALL.len()] = [
    //                     brief  demand question phrase words
    (Feature::Word, [0.0, -0.32, -0.06, 0.0, -0.32]),
    (Feature::Covered, [0.0, 1.64, 0.47, 0.0, 0.36]),
    (Feature::Near, [0.0, -0.24, 0.12, 0.0, 0.01]),
    (Feature::Solves, [0.0, 0.47, 0.44, 0.0, -0.02]),
    (Feature::Dense, [0.0, 1.57, -0.35, 0.0, 0.89]),
    (Feature::Apart, [0.0, 2.66, 6.06, 0.0, 1.25]),
    (Feature::Length, [0.0, -0.56, -0.1, 0.0, -0.19]),
    (Feature::Window, [0.0, 3.0, 0.09, 0.0, 0.05]),
    (Feature::Central, [0.0, -1.06, -2.13, 0.0, 1.49]),
    (Feature::Flock, [0.5, 3.96, 4.52, 0.0, -0.48]),
    (Feature::Crowd, [-2.2, -0.44, -0.19, 0.0, -0.92]),
];

/// What each feature adds to the score, by the kind of query.
pub type Tables = BTreeMap<Kind, BTreeMap<Feature, f32>>;

/// Tables for searches with vectors and for those by words alone; what was learnt from one is wrong for the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rerank {
    /// For searches with vectors.
    pub hybrid: Tables,
    /// For searches by words alone.
    pub plain: Tables,
}

impl Default for Rerank {
    fn default() -> Rerank {
        let column = |at: usize| {
            let weights = LEARNT.iter().map(|(feature, kinds)| (*feature, kinds[at]));
            weights.filter(|(_, weight)| *weight != 0.0).collect()
        };
        Rerank { hybrid: Kind::ALL.into_iter().zip((0..).map(column)).collect(), plain: Tables::new() }
    }
}

impl Rerank {
    /// No corrections.
    pub fn none() -> Rerank {
        Rerank { hybrid: Tables::new(), plain: Tables::new() }
    }

    /// The tables for searches with or without vectors.
    pub fn tables(&self, vectors: bool) -> &Tables {
        if vectors { &self.hybrid } else { &self.plain }
    }

    /// The same, to be changed.
    pub fn tables_mut(&mut self, vectors: bool) -> &mut Tables {
        if vectors { &mut self.hybrid } else { &mut self.plain }
    }
}

/// What a table adds to a text.
pub fn added(table: &BTreeMap<Feature, f32>, features: &Features) -> f32 {
    table.iter().map(|(feature, weight)| weight * features[*feature as usize]).sum()
}

/// Puts the first of `candidates`, which are in order, into a better one. Scores stay with the places: how far a hit is behind the
/// best means the same as without corrections.
pub fn rerank(collection: &Collection, plan: &Plan, candidates: &mut [Candidate]) {
    let vectors = candidates.iter().any(|c| c.dense.is_some());
    let tables = collection.weights.rerank.tables(vectors);
    let Some(table) = tables.get(&Kind::of(collection, plan)).filter(|t| !t.is_empty()) else { return };
    let seen = see(collection, plan, candidates, DEPTH);
    let first = &mut candidates[..seen.len()];
    let scores: Vec<f32> = first.iter().map(|c| c.score).collect();
    let corrected = |(c, features): (&Candidate, &Features)| (c.score + added(table, features), *c);
    let mut order: Vec<(f32, Candidate)> = first.iter().zip(&seen).map(corrected).collect();
    // Stable: equals stay as they stood.
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (place, ((_, candidate), score)) in first.iter_mut().zip(order.into_iter().zip(scores)) {
        *place = Candidate { score, ..candidate };
    }
}

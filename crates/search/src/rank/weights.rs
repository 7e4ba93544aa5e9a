//! What the parts of a score count: numbers a person can read and change, the same for every collection and every query.
//! How they apply to one query on one collection is decided in `fuse`, from what both are like.

use serde::{Deserialize, Serialize};

use crate::rank::rerank::Rerank;

/// The weights of the ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// BM25 over words.
    pub word: f32,
    /// BM25 over grams.
    pub gram: f32,
    /// BM25 over single hanzi, among long texts and among brief ones (as short as a question).
    pub single: [f32; 2],
    /// The share of the content words that the text holds.
    pub covered: f32,
    /// Neighbouring content words near together: sentences, key phrases.
    pub near: [f32; 2],
    /// Chunks of the query as terms of their own: sentences, key phrases.
    pub standing: [f32; 2],
    /// A text that opens with what it does, for a query that is a demand.
    pub solves: f32,
    /// Synonyms against the word they stand for.
    pub synonym: f32,
    /// Likeness of vectors: for demands, for other sentences and lists of words, for key phrases.
    pub dense: [f32; 3],
    /// Texts of a discipline in which the query is at home: for demands, for other sentences and lists of words, for key phrases.
    pub field: [f32; 3],
    /// Likeness to the texts that are found first, among long texts and among brief ones.
    pub echo: [f32; 2],
    /// Grams that few of the texts found first hold.
    pub apart: f32,
    /// Where texts are brief: mean length in grams from which on the words lose, and at which they have lost, their edge.
    pub brief: [f32; 2],
    /// Corrections of the order of the first, learnt from judgements.
    pub rerank: Rerank,
}

/// The largest weight that is taken.
const WEIGHT_MAX: f32 = 1000.0;

impl Weights {
    /// Whether every weight is a number that can be used.
    pub fn is_sound(&self) -> bool {
        let Weights { single, near, standing, dense, field, echo, brief, rerank, .. } = self;
        let alone = [self.word, self.gram, self.covered, self.solves, self.synonym, self.apart];
        let pairs = [single, near, standing, echo, brief].into_iter().flatten();
        let tables = [&rerank.hybrid, &rerank.plain].into_iter().flat_map(|t| t.values()).flat_map(|t| t.values());
        alone
            .iter()
            .chain(pairs)
            .chain(dense)
            .chain(field)
            .chain(tables)
            .all(|w| w.is_finite() && w.abs() <= WEIGHT_MAX)
    }
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            word: 1.5,
            gram: 1.0,
            single: [1.0, 3.0],
            covered: 0.25,
            near: [0.1, 1.0],
            standing: [0.2, 0.8],
            solves: 0.17,
            synonym: 0.1,
            dense: [2.0, 3.0, 0.25],
            field: [0.0, 0.15, 0.7],
            echo: [0.5, 1.0],
            apart: 0.5,
            brief: [60.0, 20.0],
            rerank: Rerank::default(),
        }
    }
}

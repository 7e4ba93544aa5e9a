//! From judgements to weights: every kind of query for itself, taken only where it wins on queries it did not learn from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::index::collection::Collection;
use crate::learn::case::{Case, Judged, SHOWN, Unjudged, cases};
use crate::learn::fit::{corrected, fit};
use crate::learn::interleave::Tally;
use crate::rank::feature::Feature;
use crate::rank::kind::Kind;
use crate::rank::weights::Weights;

/// Queries of a kind below which nothing is learnt from it.
pub const QUERIES_MIN: usize = 50;
/// Parts into which queries are divided; one after another is held out.
const FOLDS: usize = 5;
/// The chance of luck above which a victory does not count.
const LUCK_MAX: f64 = 0.05;

/// How the learnt order of one kind did on queries that were held out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The kind of query.
    pub kind: Kind,
    /// Queries that taught something.
    pub queries: usize,
    /// nDCG@10 of the order there was.
    pub before: f64,
    /// nDCG@10 of the learnt order.
    pub after: f64,
    /// Queries that the learnt order won when both were interleaved.
    pub wins: u32,
    /// Queries that it lost.
    pub losses: u32,
    /// Queries with no difference.
    pub ties: u32,
    /// The chance that equal orders would part so far (sign test, both sides).
    pub p: f64,
    /// Whether the learnt weights are taken.
    pub taken: bool,
}

/// What the weights were learnt from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trained {
    /// The day, as the caller says.
    pub on: String,
    /// Texts of the collection.
    pub texts: usize,
    /// Queries that came in.
    pub queries: usize,
    /// Judgements that came in.
    pub judgements: usize,
    /// Whether queries and texts had vectors.
    pub vectors: bool,
}

/// Weights with where they come from: what is kept in a file and read by people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learnt {
    /// What they were learnt from.
    pub trained: Trained,
    /// How every kind did.
    pub outcome: Vec<Outcome>,
    /// The weights, old ones where nothing won.
    pub weights: Weights,
}

impl Learnt {
    /// Whether anything won.
    pub fn wins(&self) -> bool {
        self.outcome.iter().any(|o| o.taken)
    }
}

/// There is too little to learn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no kind of query has {QUERIES_MIN} queries that teach something; the most is {most}")]
pub struct TooFew {
    /// The most queries of any kind that teach something.
    pub most: usize,
}

/// Learns from `judged` how to correct the order of the first texts of `collection`. The weights that come out are those
/// of the collection with the tables of the kinds that won.
///
/// # Errors
/// [`TooFew`] where no kind of query has enough of them.
pub fn train(collection: &Collection, judged: &[Judged], unjudged: Unjudged, on: &str) -> Result<Learnt, TooFew> {
    let vectors = collection.has_vectors() && judged.iter().any(|j| j.vector.is_some());
    let mut kinds: BTreeMap<Kind, Vec<Case>> = BTreeMap::new();
    for case in cases(collection, judged, unjudged) {
        kinds.entry(case.kind).or_default().push(case);
    }
    let most = kinds.values().map(Vec::len).max().unwrap_or(0);
    if most < QUERIES_MIN {
        return Err(TooFew { most });
    }
    let mut weights = collection.weights.clone();
    let mut outcome = Vec::new();
    for (kind, cases) in kinds.iter().filter(|(_, cases)| cases.len() >= QUERIES_MIN) {
        let cases: Vec<&Case> = cases.iter().collect();
        let mut told = compare(*kind, &cases);
        let learnt = fit(&cases).filter(|_| told.taken);
        told.taken = learnt.is_some();
        if let Some(learnt) = learnt {
            weights.rerank.tables_mut(vectors).insert(*kind, table(&learnt));
        }
        outcome.push(told);
    }
    let judgements = judged.iter().map(|j| j.grades.len()).sum();
    let texts = collection.len();
    let trained = Trained { on: on.to_owned(), texts, queries: judged.len(), judgements, vectors };
    Ok(Learnt { trained, outcome, weights })
}

/// Learns without each part in turn and compares on that part.
fn compare(kind: Kind, cases: &[&Case]) -> Outcome {
    let mut tally = Tally::default();
    let (mut before, mut after) = (0.0, 0.0);
    for fold in 0..FOLDS {
        let (learn, test) = split(cases, fold);
        let learnt = fit(&learn).unwrap_or_default();
        for case in test {
            let scores = corrected(case, &learnt);
            before += case.ndcg(&case.before);
            after += case.ndcg(&scores);
            tally.count(&case.order(&scores), &case.order(&case.before), &case.grades, case.seed, SHOWN);
        }
    }
    let mean = |sum: f64| rounded(sum / cases.len().max(1) as f64);
    let p = tally.p();
    let taken = tally.wins > tally.losses && p <= LUCK_MAX && after >= before;
    let Tally { wins, losses, ties } = tally;
    Outcome {
        kind,
        queries: cases.len(),
        before: mean(before),
        after: mean(after),
        wins,
        losses,
        ties,
        p: rounded(p),
        taken,
    }
}

/// Cases to learn from and cases to test on: every fifth is held out.
fn split<'c>(cases: &[&'c Case], fold: usize) -> (Vec<&'c Case>, Vec<&'c Case>) {
    let part = |held_out: bool| {
        let wanted = |at: usize| (at % FOLDS == fold) == held_out;
        cases.iter().enumerate().filter(|(at, _)| wanted(*at)).map(|(_, c)| *c).collect()
    };
    (part(false), part(true))
}

fn table(weights: &[f64]) -> BTreeMap<Feature, f32> {
    Feature::ALL.into_iter().zip(weights.iter().map(|&w| rounded(w) as f32)).collect()
}

/// Four places: what people read, and what is used.
fn rounded(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

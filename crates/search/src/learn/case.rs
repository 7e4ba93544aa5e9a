//! One judged query as it is learnt from: its first texts, what was seen of each, what people said of them.

use rayon::prelude::*;

use crate::index::collection::{Collection, Key};
use crate::index::facet::Choice;
use crate::rank::feature::Features;
use crate::rank::kind::Kind;
use crate::rank::rerank::added;
use crate::rank::search::{Query, Searcher};
use crate::text::stream::hash;

/// How many of the first texts a measure looks at.
pub const SHOWN: usize = 10;
/// The highest grade that is told from lower ones.
pub const GRADE_MAX: f32 = 10.0;

/// A query with what people said of texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// The words of the searcher.
    pub text: String,
    /// The vector of the same words, where a model is there.
    pub vector: Option<Vec<f32>>,
    /// Facets that the texts had to have.
    pub choice: Choice,
    /// A text that was not to be found (the one the query was made from).
    pub except: Option<Key>,
    /// Texts with their grades: 0 is useless, the higher the more useful.
    pub grades: Vec<(Key, f32)>,
}

/// What a text is worth that nobody judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// Nothing: all that is useful was judged, as in a test collection.
    Useless,
    /// Nobody knows: it is left out, as with what people say of what they were shown.
    Unknown,
}

/// A judged query, ready to be learnt from.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its kind.
    pub kind: Kind,
    /// A number that depends on its words alone.
    pub seed: u64,
    /// Scores before any correction, in order.
    pub base: Vec<f64>,
    /// Scores with the corrections there are.
    pub before: Vec<f64>,
    /// What was seen of each text.
    pub seen: Vec<Features>,
    /// The grade of each text.
    pub grades: Vec<f64>,
    /// The best gain that any order of all judged texts has.
    pub ideal: f64,
}

impl Case {
    /// Whether it can teach anything: texts of different grades stand among the first.
    pub fn teaches(&self) -> bool {
        self.grades.iter().any(|g| *g != self.grades[0])
    }

    /// nDCG of the first ten in the order of `scores`.
    pub fn ndcg(&self, scores: &[f64]) -> f64 {
        let order = self.order(scores);
        if self.ideal > 0.0 { gain(order.iter().map(|&at| self.grades[at])) / self.ideal } else { 0.0 }
    }

    /// Places of the texts in the order of `scores`; equals stay in the order they were found in.
    pub fn order(&self, scores: &[f64]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order
    }
}

/// What the place counts, from 0.
pub fn discount(place: usize) -> f64 {
    if place < SHOWN { 1.0 / (place as f64 + 2.0).log2() } else { 0.0 }
}

fn gain(grades: impl Iterator<Item = f64>) -> f64 {
    grades.enumerate().map(|(place, grade)| grade * discount(place)).sum()
}

/// Searches for every judged query and keeps those that teach something, in the order of their seeds.
pub fn cases(collection: &Collection, judged: &[Judged], unjudged: Unjudged) -> Vec<Case> {
    let found =
        judged.par_iter().map_init(Searcher::default, |searcher, one| case(collection, searcher, one, unjudged));
    let mut cases: Vec<Case> = found.filter(Case::teaches).collect();
    cases.sort_by_key(|c| c.seed);
    cases
}

fn case(collection: &Collection, searcher: &mut Searcher, judged: &Judged, unjudged: Unjudged) -> Case {
    let query = Query {
        text: &judged.text,
        vector: judged.vector.as_deref(),
        choice: judged.choice.clone(),
        except: judged.except,
        limit: 0,
    };
    let found = searcher.shortlist(collection, &query);
    let vectors = collection.vectors.as_ref().is_some_and(|v| judged.vector.as_ref().is_some_and(|q| q.len() == v.dim));
    let table = collection.weights.rerank.tables(vectors).get(&found.kind);
    let grade = |key: Key| judged.grades.iter().find(|g| g.0 == key).map(|g| f64::from(sound(g.1)));
    let mut grades: Vec<f64> = judged.grades.iter().map(|g| f64::from(sound(g.1))).collect();
    grades.sort_by(|a, b| b.total_cmp(a));
    let seed = hash(judged.text.chars().map(u32::from));
    let mut case = Case {
        kind: found.kind,
        seed,
        base: vec![],
        before: vec![],
        seen: vec![],
        grades: vec![],
        ideal: gain(grades.into_iter()),
    };
    for (key, score, features) in found.texts {
        let grade = grade(key);
        if grade.is_none() && unjudged == Unjudged::Unknown {
            continue;
        }
        case.base.push(f64::from(score));
        case.before.push(f64::from(score + table.map_or(0.0, |t| added(t, &features))));
        case.seen.push(features);
        case.grades.push(grade.unwrap_or(0.0));
    }
    case
}

fn sound(grade: f32) -> f32 {
    if grade.is_finite() { grade.clamp(0.0, GRADE_MAX) } else { 0.0 }
}

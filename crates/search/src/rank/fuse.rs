//! One score from everything that was seen of the candidates of one query.
//!
//! The match is measured against what a text would be worth that held the whole query. So the words decide where the
//! collection knows them, and the vectors where it does not: the balance is found for every query, not fixed. Two more
//! things move it: whether the query is a demand, a key phrase or neither, and how brief the texts are.

use std::collections::HashMap;

use crate::index::collection::Collection;
use crate::rank::dense::{Vectors, dot};
use crate::rank::plan::{Form, Plan};
use crate::rank::profile::Profile;

/// The dimension of facets that says what a text belongs to, and how many texts spread like the whole collection the candidates are taken with.
const HOME: &str = "discipline";
const HOME_DOUBT: f32 = 5.0;
/// How many of the first texts are echoed, and how quickly their say falls with their score.
const ECHOED: usize = 10;
const ECHO_FALL: f32 = 0.1;
/// How many of the first texts are told apart, and how quickly their say in what is common falls with their score.
const APART: usize = 30;
const APART_FALL: f32 = 0.3;
/// The least share of the first texts that counts as holding a gram.
const APART_LEAST: f32 = 0.02;

/// A candidate with what was seen of it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its slot.
    pub slot: u32,
    /// Its words.
    pub profile: Profile,
    /// Likeness of vectors, where there are any.
    pub dense: Option<f32>,
    /// What its grams are worth that few of the texts found first hold.
    pub apart: f32,
    /// The score.
    pub score: f32,
}

/// Scores the candidates of one query.
pub fn fuse(collection: &Collection, plan: &Plan, candidates: &mut [Candidate]) {
    let w = &collection.weights;
    let brief = brevity(collection);
    let long = 1.0 - brief;
    let between = |two: [f32; 2]| two[0] * long + two[1] * brief;
    let single = between(w.single);
    let phrase = usize::from(plan.form == Form::Phrase);
    let mass = (w.word * plan.mass[0] + w.gram * plan.mass[1] + single * plan.mass[2]).max(1e-6);
    let (dense, field) = match plan.form {
        Form::Demand => (w.dense[0], w.field[0]),
        Form::Words => (w.dense[1], w.field[1]),
        Form::Phrase => (w.dense[2] * long + w.dense[1] * brief, w.field[2]),
    };
    let mut shares = Vec::with_capacity(candidates.len());
    for c in candidates.iter_mut() {
        let p = &c.profile;
        let held = w.word * p.views[0] + w.gram * p.views[1] + single * p.views[2];
        let order = w.covered * p.covered + w.near[phrase] * p.near + w.standing[phrase] * p.standing;
        let solves = if plan.form == Form::Demand && p.solves { w.solves } else { 0.0 };
        shares.push(held / mass);
        c.score = held / mass + long * order + solves + dense * c.dense.unwrap_or(0.0);
    }
    at_home(collection, candidates, &shares, field);
    if let Some(vectors) = collection.vectors.as_ref().filter(|_| candidates.iter().any(|c| c.dense.is_some())) {
        echo(vectors, candidates, between(w.echo));
    }
    tell_apart(plan, candidates, w.apart);
}

/// How far the texts of a collection are as short as a question: 0 to 1. Among such texts single hanzi and vectors say
/// more, and order and nearness nothing.
pub(crate) fn brevity(collection: &Collection) -> f32 {
    let mean = collection.totals.grams as f32 / collection.totals.texts.max(1) as f32;
    let [from, to] = collection.weights.brief;
    ((from - mean) / (from - to).max(1e-6)).clamp(0.0, 1.0)
}

/// Adds to every candidate how far the query is at home in its discipline: the share of the discipline among the candidates, each by its share
/// of the query and without itself, against its share of the whole collection. A half where both are the same, near one where the query
/// is asked of few other disciplines; nothing for a text without a discipline.
fn at_home(collection: &Collection, candidates: &mut [Candidate], shares: &[f32], weight: f32) {
    let mut sums: HashMap<u32, f32> = HashMap::new();
    let (mut all, texts) = (HOME_DOUBT, collection.facets.texts() as f32);
    for (c, share) in candidates.iter().zip(shares) {
        for (discipline, _) in collection.facets.given(c.slot, HOME) {
            *sums.entry(discipline).or_default() += share;
            all += share;
        }
    }
    for (c, share) in candidates.iter_mut().zip(shares) {
        for (discipline, given) in collection.facets.given(c.slot, HOME) {
            let usual = given as f32 / texts;
            let here = (sums[&discipline] - share + HOME_DOUBT * usual) / (all - share);
            c.score += weight * here / (here + usual);
        }
    }
}

/// Adds to every candidate how much it is like the mean of those that are first so far.
fn echo(vectors: &Vectors, candidates: &mut [Candidate], weight: f32) {
    let mut first: Vec<(f32, u32)> = candidates.iter().map(|c| (c.score, c.slot)).collect();
    first.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    first.truncate(ECHOED);
    let Some(&(best, _)) = first.first() else { return };
    let mut mean = vec![0.0; vectors.dim];
    for (score, slot) in first {
        let say = ((score - best) / ECHO_FALL).exp();
        vectors.row(slot).zip(&mut mean).for_each(|(x, m)| *m += say * x);
    }
    let length = dot(&mean, &mean).sqrt().max(1e-9);
    mean.iter_mut().for_each(|m| *m /= length);
    let mean = Vectors::quantised(&mean);
    for c in candidates {
        c.score += weight * vectors.likeness(&mean, c.slot);
    }
}

/// The texts that are found first are often all about the same thing; then the words for it no longer choose between them
/// and the rest of the query does. Adds to each the grams of the query that few of the others hold.
fn tell_apart(plan: &Plan, candidates: &mut [Candidate], weight: f32) {
    let mut first: Vec<usize> = (0..candidates.len()).collect();
    let order = |&a: &usize, &b: &usize| {
        let (a, b) = (&candidates[a], &candidates[b]);
        b.score.total_cmp(&a.score).then(a.slot.cmp(&b.slot))
    };
    first.sort_unstable_by(order);
    first.truncate(APART);
    let Some(best) = first.first().map(|&at| candidates[at].score) else { return };
    let says: Vec<f32> = first.iter().map(|&at| ((candidates[at].score - best) / APART_FALL).exp()).collect();
    let total: f32 = says.iter().sum();
    let mut gains = vec![0.0; plan.marks.len()];
    for (key, &at) in &plan.marks {
        let holding = first.iter().zip(&says).filter(|(c, _)| candidates[**c].profile.held >> at & 1 == 1);
        let share = holding.map(|(_, say)| say).sum::<f32>() / total;
        gains[usize::from(at)] =
            -plan.grams[key] / plan.mass[1].max(1e-6) * share.max(APART_LEAST).ln() / -APART_LEAST.ln();
    }
    for &at in &first {
        let held = candidates[at].profile.held;
        let gain: f32 = gains.iter().enumerate().filter(|(bit, _)| held >> bit & 1 == 1).map(|(_, gain)| gain).sum();
        candidates[at].apart = gain;
        candidates[at].score += weight * gain;
    }
}

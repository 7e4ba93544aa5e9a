//! What is seen of each of the first texts of a search, as named numbers: what a correction learnt from judgements can
//! rest on. Numbers are compared within one query only.

use serde::{Deserialize, Serialize};

use crate::index::collection::Collection;
use crate::index::forward::Extent;
use crate::index::keys::grams;
use crate::rank::dense::{Vectors, dot};
use crate::rank::fuse::Candidate;
use crate::rank::plan::Plan;
use crate::rank::{rarity, weight};
use crate::text::stream::Stream;

/// How many of the first texts are seen as a flock, and how many neighbours make a crowd.
const FLOCK: usize = 30;
/// How many of the first texts may be neighbours.
const AMONG: usize = 150;
/// Units of a window.
const WINDOW: usize = 20;

/// One number of a text for a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// BM25 over words, as a share of what a text would be worth that held them all.
    Word,
    /// The share of the content words that the text holds.
    Covered,
    /// Neighbouring content words near together.
    Near,
    /// The text opens with what it does.
    Solves,
    /// Likeness of vectors.
    Dense,
    /// Grams of the query that few of the texts found first hold.
    Apart,
    /// Length in grams, its logarithm.
    Length,
    /// The share of the query's grams that stand together within twenty units.
    Window,
    /// The share of the text, by the rarity of its grams, that is the query's.
    Central,
    /// How alike the text is to the first thirty on average.
    Flock,
    /// How alike its thirty nearest among the candidates are to it: such a text is near to everything.
    Crowd,
}

impl Feature {
    /// All features, in order.
    pub const ALL: [Feature; 11] = [
        Feature::Word,
        Feature::Covered,
        Feature::Near,
        Feature::Solves,
        Feature::Dense,
        Feature::Apart,
        Feature::Length,
        Feature::Window,
        Feature::Central,
        Feature::Flock,
        Feature::Crowd,
    ];
}

/// The numbers of one text, in the order of [`Feature::ALL`].
pub type Features = [f32; Feature::ALL.len()];

/// Sees the first `count` of `candidates`, which are in order of their score.
pub fn see(collection: &Collection, plan: &Plan, candidates: &[Candidate], count: usize) -> Vec<Features> {
    let mut text = Stream::default();
    let mut seen: Vec<Features> = candidates
        .iter()
        .take(count)
        .map(|c| {
            collection.forward.read(c.slot, &mut text);
            words(collection, plan, c, &text)
        })
        .collect();
    if let Some(vectors) = collection.vectors.as_ref().filter(|_| candidates.iter().any(|c| c.dense.is_some())) {
        neighbours(vectors, candidates, &mut seen);
    }
    seen
}

fn words(collection: &Collection, plan: &Plan, candidate: &Candidate, text: &Stream) -> Features {
    let (p, extent) = (&candidate.profile, collection.forward.extent(candidate.slot));
    let (window, central) = grams_of(collection, plan, text);
    let mut out = Features::default();
    for (value, feature) in out.iter_mut().zip(Feature::ALL) {
        *value = match feature {
            Feature::Word => p.views[0] / plan.mass[0].max(1e-6),
            Feature::Covered => p.covered,
            Feature::Near => p.near,
            Feature::Solves => f32::from(u8::from(p.solves)),
            Feature::Dense => candidate.dense.unwrap_or(0.0),
            Feature::Apart => candidate.apart,
            Feature::Length => length(extent),
            Feature::Window => window,
            Feature::Central => central,
            Feature::Flock | Feature::Crowd => 0.0,
        };
    }
    out
}

fn length(extent: &Extent) -> f32 {
    (1.0 + f32::from(extent.grams)).ln()
}

/// The best window of the text, and how much of the text is the query's.
fn grams_of(collection: &Collection, plan: &Plan, text: &Stream) -> (f32, f32) {
    let texts = collection.totals.texts;
    let mut hits: Vec<(usize, u8, f32)> = Vec::new();
    let (mut held, mut all) = (0.0, 0.0);
    grams(&text.units, |at, key| {
        let worth = weight(rarity(collection.postings.holders(key), texts));
        all += worth;
        if let (Some(&mark), Some(&counts)) = (plan.marks.get(&key), plan.grams.get(&key)) {
            held += worth;
            hits.push((at, mark, counts));
        }
    });
    let mut best = 0.0_f32;
    for (nth, &(from, ..)) in hits.iter().enumerate() {
        let mut marks = 0_u128;
        let mut sum = 0.0;
        for &(_, mark, counts) in hits[nth..].iter().take_while(|(at, ..)| at - from <= WINDOW) {
            sum += if marks >> mark & 1 == 0 { counts } else { 0.0 };
            marks |= 1 << mark;
        }
        best = best.max(sum);
    }
    (best / plan.mass[1].max(1e-6), if all > 0.0 { held / all } else { 0.0 })
}

fn neighbours(vectors: &Vectors, candidates: &[Candidate], seen: &mut [Features]) {
    let mut middle = vec![0.0; vectors.dim];
    let flock = candidates.len().min(FLOCK);
    for c in &candidates[..flock] {
        vectors.row(c.slot).zip(&mut middle).for_each(|(x, m)| *m += x / flock as f32);
    }
    let long = dot(&middle, &middle).sqrt();
    let middle = Vectors::quantised(&middle);
    let among = &candidates[..candidates.len().min(AMONG)];
    let mut near: Vec<f32> = Vec::with_capacity(among.len());
    for (c, features) in candidates.iter().zip(seen) {
        let row: Vec<f32> = vectors.row(c.slot).collect();
        let row = Vectors::quantised(&row);
        near.clear();
        near.extend(among.iter().filter(|o| o.slot != c.slot).map(|o| vectors.likeness(&row, o.slot)));
        near.sort_unstable_by(|a, b| b.total_cmp(a));
        near.truncate(FLOCK);
        let crowd = near.iter().sum::<f32>() / near.len().max(1) as f32;
        for (value, feature) in features.iter_mut().zip(Feature::ALL) {
            match feature {
                Feature::Flock if long > 1e-9 => *value = vectors.likeness(&middle, c.slot),
                Feature::Crowd => *value = crowd,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_stand_in_the_order_of_their_numbers() {
        assert!(Feature::ALL.iter().enumerate().all(|(at, f)| *f as usize == at));
    }
}

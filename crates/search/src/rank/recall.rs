//! The candidates: a quick pass over the postings, rare terms first, within a budget that bounds the time.

use crate::index::collection::Collection;
use crate::index::forward::{DEAD, grams_of};
use crate::index::keys::Terms;
use crate::index::postings::List;
use crate::rank::plan::Plan;
use crate::rank::{B, K1};

/// Entries of postings that one query may read. Terms that would go beyond it are so common that they hardly choose;
/// the exact profile counts them all the same.
const ENTRIES_MAX: usize = 200_000;
/// The rarest terms are read whatever they cost.
const TERMS_SURE: usize = 3;
/// What a gram counts here; it stands for words too, which have no postings of their own.
const GRAM: f32 = 2.0;

/// Sums by slot, kept between queries.
#[derive(Default)]
pub struct Recall {
    sums: Vec<f32>,
}

impl Recall {
    /// Rough sums of all texts by slot: 0 for those without any term of the plan that was read.
    pub fn run(&mut self, collection: &Collection, plan: &Plan) -> &[f32] {
        self.sums.clear();
        self.sums.resize(collection.forward.len(), 0.0);
        let mean = (collection.totals.grams as f32 / collection.totals.texts.max(1) as f32).max(1.0);
        let saturation = saturation(mean);
        let mut terms: Vec<(&List, f32)> = Vec::new();
        for (weights, factor) in [(&plan.grams, GRAM), (&plan.singles, 1.0)] {
            terms.extend(lists(collection, weights).map(|(list, weight)| (list, weight * factor)));
        }
        // Equal lengths by weight, so that the order in which sums grow, and with it their last digit, is always the same.
        terms.sort_by(|a, b| a.0.len().cmp(&b.0.len()).then(b.1.total_cmp(&a.1)));
        let mut entries = 0;
        for (nth, (list, weight)) in terms.into_iter().enumerate() {
            entries += list.len();
            if nth >= TERMS_SURE && entries > ENTRIES_MAX {
                break;
            }
            let steps = collection.forward.steps();
            let worth = saturation.map(|of| of.map(|share| share * weight));
            for found in list.iter() {
                let slot = found.slot as usize;
                self.sums[slot] += worth[usize::from(found.times - 1)][usize::from(steps[slot])];
            }
        }
        &self.sums
    }
}

/// What one to four times count in a text of each step of length; nothing where the text is gone.
fn saturation(mean: f32) -> [[f32; 256]; 4] {
    std::array::from_fn(|more| {
        let times = more as f32 + 1.0;
        std::array::from_fn(|step| {
            let step = step as u8;
            let norm = K1 * (1.0 - B + B * grams_of(step) as f32 / mean);
            if step == DEAD { 0.0 } else { times * (K1 + 1.0) / (times + norm) }
        })
    })
}

fn lists<'c>(collection: &'c Collection, weights: &'c Terms<f32>) -> impl Iterator<Item = (&'c List, f32)> {
    weights.iter().filter_map(|(&key, &weight)| Some((collection.postings.get(key)?, weight)))
}

//! The candidates: a quick pass over the postings, rare terms first, within a budget that bounds the time.

use crate::index::collection::Collection;
use crate::index::keys::Terms;
use crate::index::postings::List;
use crate::rank::plan::Plan;
use crate::rank::{B, K1};

/// Entries of postings that one query may read. Terms that would go beyond it are so common that they hardly choose;
/// the exact profile counts them all the same.
const ENTRIES_MAX: usize = 600_000;
/// The rarest terms are read whatever they cost.
const TERMS_SURE: usize = 3;
/// What a gram counts here; it stands for words too, which have no postings of their own.
const GRAM: f32 = 2.0;

/// Sums by slot, kept between queries.
#[derive(Default)]
pub struct Recall {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Recall {
    /// Texts with any term of the plan that was read, with their rough sums, in no order.
    pub fn run<'r>(&'r mut self, collection: &Collection, plan: &Plan) -> impl Iterator<Item = (u32, f32)> + 'r {
        self.touched.iter().for_each(|&slot| self.sums[slot as usize] = 0.0);
        self.touched.clear();
        self.sums.resize(collection.forward.len(), 0.0);
        let mean = (collection.totals.grams as f32 / collection.totals.texts.max(1) as f32).max(1.0);
        let mut terms: Vec<(&List, f32)> = Vec::new();
        for (weights, factor) in [(&plan.grams, GRAM), (&plan.singles, 1.0)] {
            terms.extend(lists(collection, weights).map(|(list, weight)| (list, weight * factor)));
        }
        terms.sort_by_key(|(list, _)| list.len());
        let mut entries = 0;
        for (nth, (list, weight)) in terms.into_iter().enumerate() {
            entries += list.len();
            if nth >= TERMS_SURE && entries > ENTRIES_MAX {
                break;
            }
            self.read(collection, list, weight, mean);
        }
        self.touched.iter().map(|&slot| (slot, self.sums[slot as usize]))
    }

    fn read(&mut self, collection: &Collection, list: &List, weight: f32, mean: f32) {
        for found in list.iter() {
            let extent = collection.forward.extent(found.slot);
            if !extent.lives {
                continue;
            }
            let times = f32::from(found.times);
            let norm = K1 * (1.0 - B + B * f32::from(extent.grams) / mean);
            let sum = &mut self.sums[found.slot as usize];
            if *sum == 0.0 {
                self.touched.push(found.slot);
            }
            *sum += weight * times * (K1 + 1.0) / (times + norm);
        }
    }
}

fn lists<'c>(collection: &'c Collection, weights: &'c Terms<f32>) -> impl Iterator<Item = (&'c List, f32)> {
    weights.iter().filter_map(|(&key, &weight)| Some((collection.postings.get(key)?, weight)))
}

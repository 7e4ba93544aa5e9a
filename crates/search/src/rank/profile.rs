//! How one text answers a plan, exactly: read from its units, for candidates only.

use crate::index::collection::Collection;
use crate::index::forward::Extent;
use crate::index::keys::{pair, single};
use crate::rank::plan::Plan;
use crate::rank::{B, K1};
use crate::text::lexicon::lexicon;
use crate::text::stream::{BREAK, Stream, is_token};

/// How much more a term in the title counts than one in the body.
const TITLE: f32 = 2.0;
/// Positions of a word that are looked at when two words are held together.
const PLACES_MAX: usize = 8;

/// What was seen of one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Profile {
    /// BM25 over words, over grams, over single hanzi.
    pub views: [f32; 3],
    /// The share of the content words that the text holds, by weight.
    pub covered: f32,
    /// How near neighbouring content words stand together, 0 to 1.
    pub near: f32,
    /// How far the chunks of the query stand in the text as terms of their own, 0 to 1.
    pub standing: f32,
    /// Whether the text opens with what it does.
    pub solves: bool,
    /// Which of the plan's marked grams the text holds, as bits.
    pub held: u128,
}

/// What is counted in one pass over a text; kept between texts to spare allocations.
#[derive(Default)]
pub struct Profiler {
    text: Stream,
    times: [Vec<(u64, f32)>; 3],
    places: Vec<Vec<usize>>,
    standing: Vec<f32>,
}

impl Profiler {
    /// Profiles a text of the collection.
    pub fn profile(&mut self, collection: &Collection, plan: &Plan, slot: u32) -> Profile {
        let mut text = std::mem::take(&mut self.text);
        collection.forward.read(slot, &mut text);
        let extent = *collection.forward.extent(slot);
        self.read(plan, &text, extent.title as usize);
        self.text = text;
        let views = self.views(collection, plan, &extent);
        Profile {
            views,
            covered: self.covered(plan),
            near: self.near(plan),
            standing: plan.chunks.iter().zip(&self.standing).map(|(c, s)| c.share * s).sum(),
            solves: extent.solves,
            held: self.times[1].iter().filter_map(|(key, _)| plan.marks.get(key)).fold(0, |held, at| held | 1 << at),
        }
    }

    fn read(&mut self, plan: &Plan, text: &Stream, title: usize) {
        self.times.iter_mut().for_each(Vec::clear);
        self.places.resize_with(plan.content.len(), Vec::new);
        self.places.iter_mut().for_each(Vec::clear);
        self.standing.clear();
        self.standing.resize(plan.chunks.len(), 0.0);
        for (at, &unit) in text.units.iter().enumerate() {
            if unit == BREAK || !plan.may_hold(unit) {
                continue;
            }
            let times = if at < title { TITLE } else { 1.0 };
            if is_token(unit) {
                self.count(1, &plan.grams, single(unit), times);
            } else {
                self.count(2, &plan.singles, single(unit), times);
                if let Some(&next) = text.units.get(at + 1)
                    && next != BREAK
                    && !is_token(next)
                    && plan.may_hold(next)
                {
                    self.count(1, &plan.grams, pair(unit, next), times);
                }
            }
            if text.starts[at] {
                self.word(plan, text, at, times);
            }
            for (chunk, best) in plan.chunks.iter().zip(&mut self.standing) {
                if chunk.units[0] == unit && *best < 1.0 && text.units[at..].starts_with(&chunk.units) {
                    *best = best.max(stands(text, at, chunk.units.len()));
                }
            }
        }
    }

    fn count(&mut self, view: usize, weights: &crate::index::keys::Terms<f32>, key: u64, times: f32) {
        let Some(_) = weights.get(&key) else { return };
        match self.times[view].iter_mut().find(|(k, _)| *k == key) {
            Some((_, t)) => *t += times,
            None => self.times[view].push((key, times)),
        }
    }

    fn word(&mut self, plan: &Plan, text: &Stream, at: usize, times: f32) {
        let mut end = at + 1;
        while end < text.units.len() && !text.starts[end] && text.units[end] != BREAK {
            if !plan.may_hold(text.units[end]) {
                return;
            }
            end += 1;
        }
        let key = text.word_key(at..end);
        if plan.words.contains_key(&key) {
            self.count(0, &plan.words, key, times);
            for (content, places) in plan.content.iter().zip(&mut self.places) {
                if (content.key == key || content.others.contains(&key)) && places.len() < PLACES_MAX {
                    places.push(at);
                }
            }
        }
    }

    fn views(&self, collection: &Collection, plan: &Plan, extent: &Extent) -> [f32; 3] {
        let totals = &collection.totals;
        let texts = totals.texts.max(1) as f32;
        let views = [
            (&plan.words, f32::from(extent.words), totals.words),
            (&plan.grams, f32::from(extent.grams), totals.grams),
            (&plan.singles, f32::from(extent.hanzi), totals.hanzi),
        ];
        let mut sums = [0.0; 3];
        for (((terms, length, total), times), sum) in views.into_iter().zip(&self.times).zip(&mut sums) {
            let norm = K1 * (1.0 - B + B * length / (total as f32 / texts).max(1.0));
            *sum = times.iter().map(|(key, t)| terms[key] * t * (K1 + 1.0) / (t + norm)).sum();
        }
        sums
    }

    fn covered(&self, plan: &Plan) -> f32 {
        let total: f32 = plan.content.iter().map(|c| c.weight).sum();
        let held =
            plan.content.iter().zip(&self.places).filter(|(_, p)| !p.is_empty()).map(|(c, _)| c.weight).sum::<f32>();
        if total > 0.0 { held / total } else { 0.0 }
    }

    fn near(&self, plan: &Plan) -> f32 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (pair, places) in plan.content.windows(2).zip(self.places.windows(2)) {
            let weight = (pair[0].weight * pair[1].weight).sqrt();
            total += weight;
            let apart = places[0].iter().flat_map(|a| places[1].iter().map(move |b| a.abs_diff(*b))).min();
            if let Some(apart) = apart {
                let gap = apart.saturating_sub(pair[0].units.len()) as f32;
                sum += weight / (1.0 + gap / 5.0);
            }
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }
}

/// How much a place where the units of a chunk stand is a term of its own: cut off from its neighbours by words of
/// function or breaks on the left and on the right; a part of a longer word counts little.
fn stands(text: &Stream, at: usize, length: usize) -> f32 {
    let end = at + length;
    let left = at == 0 || lexicon().is_bound(text.units[at - 1]);
    let right = end >= text.units.len() || lexicon().is_bound(text.units[end]);
    let whole = text.starts[at] && (end >= text.units.len() || text.starts[end] || text.units[end] == BREAK);
    0.2 + if whole { 0.2 } else { 0.0 } + if left { 0.3 } else { 0.0 } + if right { 0.3 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_its_own_stands_higher_than_a_part_of_one() {
        let free = Stream::read("对风电场的研究");
        let part = Stream::read("海上风电场址选择");
        let at = |s: &Stream| s.units.iter().position(|&u| u == '风' as u32).unwrap();
        assert!(stands(&free, at(&free), 3) > stands(&part, at(&part), 3));
    }
}

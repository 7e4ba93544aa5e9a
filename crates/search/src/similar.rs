//! Whether two short texts ask for the same: shared characters by their rarity once synonyms are set alike, the kind of
//! question, and vectors where there are any. For merging needs, not for ranking.
#![expect(clippy::float_arithmetic, reason = "likeness is compared, never published as a sum")]

use std::collections::BTreeSet;

use crate::index::keys::Terms;
use crate::rank::rarity;
use crate::text::lexicon::lexicon;
use crate::text::stream::{BREAK, Stream};

/// Rare characters decide: the thing asked about, not the way of asking.
const RARITY_POWER: f32 = 1.75;
/// What the kind of question counts against the shared characters.
const KIND: f32 = 0.05;
/// What the cosine of two vectors counts; cosines of a model lie close together, so it is much.
const DENSE: f32 = 40.0;

/// Rarity of characters, learnt from the texts at hand.
#[derive(Clone, Debug, Default)]
pub struct Similar {
    holders: Terms<u32>,
    texts: u64,
}

/// One text as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    units: BTreeSet<u32>,
    kinds: u32,
}

impl Reading {
    /// Reads a text: every word by the first of its synonyms.
    pub fn new(text: &str) -> Reading {
        let stream = Stream::read(text);
        let mut reading = Reading::default();
        for word in stream.words() {
            let key = stream.word_key(word.clone());
            reading.kinds |= lexicon().kinds(key);
            match lexicon().standard(key) {
                Some(standard) => reading.units.extend(standard.iter().filter(|&&u| u != BREAK)),
                None => reading.units.extend(&stream.units[word]),
            }
        }
        reading
    }
}

impl Similar {
    /// Counts a text.
    pub fn learn(&mut self, text: &Reading) {
        self.texts += 1;
        for &unit in &text.units {
            *self.holders.entry(u64::from(unit)).or_insert(0) += 1;
        }
    }

    fn mass<'u>(&self, units: impl Iterator<Item = &'u u32>) -> f32 {
        let holders = |u: &u32| self.holders.get(&u64::from(*u)).copied().unwrap_or(0);
        units.map(|u| rarity(holders(u), self.texts.max(1)).powf(RARITY_POWER)).sum()
    }

    /// How alike two texts are, the higher the more; 0 to 1.05 without vectors. `cosine` is that of their vectors.
    pub fn score(&self, a: &Reading, b: &Reading, cosine: Option<f32>) -> f32 {
        let all = self.mass(a.units.iter()) + self.mass(b.units.iter());
        let both = 2.0 * self.mass(a.units.intersection(&b.units));
        let shared = if all > 0.0 { both / all } else { 0.0 };
        let either = (a.kinds | b.kinds).count_ones();
        let kind = if either == 0 { 0.5 } else { (a.kinds & b.kinds).count_ones() as f32 / either as f32 };
        shared + KIND * kind + DENSE * cosine.unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_is_nearer_than_another_about_the_same_thing() {
        let texts = ["小孩发烧怎么办", "宝宝发热咋办", "小孩发烧能洗澡吗", "玉米地除草用什么药", "大棚番茄叶子发黄"];
        let readings: Vec<Reading> = texts.iter().map(|t| Reading::new(t)).collect();
        let mut similar = Similar::default();
        readings.iter().for_each(|r| similar.learn(r));
        let same = similar.score(&readings[0], &readings[1], None);
        assert!(same > similar.score(&readings[0], &readings[2], None));
        assert!(same > similar.score(&readings[0], &readings[3], None));
        assert_eq!(same, similar.score(&readings[1], &readings[0], None));
    }
}

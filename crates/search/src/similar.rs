//! Whether two short texts ask for the same: shared characters by their rarity once synonyms are set alike, the kind of
//! question, and vectors where there are any. For merging needs, not for ranking.
#![expect(clippy::float_arithmetic, reason = "likeness is compared, never published as a sum")]

use std::collections::BTreeSet;

use crate::index::keys::Terms;
use crate::rank::rarity;
use crate::shade::Shade;
use crate::text::lexicon::lexicon;
use crate::text::stream::{BREAK, Stream};

/// Rare characters decide: the thing asked about, not the way of asking.
const RARITY_POWER: f32 = 1.75;
/// What the kind of question counts against the shared characters.
const KIND: f32 = 0.05;
/// What both asking whether something may be eaten or drunk counts: people who merged questions by hand put those about
/// the same illness together, whatever the dish.
const FOOD: f32 = 0.18;
/// With vectors, beside their likeness: both asking after food, both asking how, the rarest character that both have (the
/// thing itself, as a share of a character that nobody else has), and, against it, their subject: of two texts about one
/// illness the likeness is high anyhow. Found by logistic regression over pairs, in five parts.
const FOOD_BOTH: f32 = 0.35;
const MANNER_BOTH: f32 = 0.15;
const RAREST: f32 = 0.4;
const SUBJECT: f32 = 0.2;

/// Rarity of characters, learnt from the texts at hand.
#[derive(Clone, Debug, Default)]
pub struct Similar {
    holders: Terms<u32>,
    texts: u64,
    shade: Shade,
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
        let mut reading = Reading { kinds: lexicon().kinds(&stream.units), ..Reading::default() };
        for word in stream.words() {
            let key = stream.word_key(word.clone());
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

    /// Learns what tells the texts' vectors apart from rows of `dim` numbers.
    pub fn learn_vectors(&mut self, dim: usize, numbers: &[f32]) {
        self.shade = Shade::learn(dim, numbers);
    }

    /// How alike two texts are, the higher the more: by their vectors where there are any, else by shared characters. Only
    /// scores of one kind can be compared.
    pub fn score(&self, a: &Reading, b: &Reading, vectors: Option<(&[f32], &[f32])>) -> f32 {
        let both = |kind: u32| f32::from(u8::from(a.kinds & b.kinds & kind != 0));
        let (food, manner) = (both(lexicon().food()), both(lexicon().manner()));
        let Some((x, y)) = vectors else { return FOOD * food + self.shared(a, b) };
        let said = self.shade.likeness(x, y) - SUBJECT * self.shade.subject(x, y);
        said + FOOD_BOTH * food + MANNER_BOTH * manner + RAREST * self.rarest(a, b)
    }

    /// The rarity of the rarest character that both have, 0 to 1.
    fn rarest(&self, a: &Reading, b: &Reading) -> f32 {
        let most = rarity(0, self.texts.max(1)).powf(RARITY_POWER);
        let rarest = a.units.intersection(&b.units).map(|u| self.mass(std::iter::once(u))).fold(0.0, f32::max);
        rarest / most
    }

    fn shared(&self, a: &Reading, b: &Reading) -> f32 {
        let all = self.mass(a.units.iter()) + self.mass(b.units.iter());
        let both = 2.0 * self.mass(a.units.intersection(&b.units));
        let shared = if all > 0.0 { both / all } else { 0.0 };
        let either = (a.kinds | b.kinds).count_ones();
        let kind = if either == 0 { 0.5 } else { (a.kinds & b.kinds).count_ones() as f32 / either as f32 };
        shared + KIND * kind
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

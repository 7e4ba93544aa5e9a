//! Sketches: a bit for each of some hundred random directions, whether a vector points that way. Bits that differ between two sketches
//! tell the angle between their vectors roughly, in a hundredth of the time that the product takes; what is near by its sketch is then
//! compared in full. The directions are always the same, so a sketch is made from its vector at will, and none depends on another.

use crate::rank::kernels::{WORDS, distances};

/// The fewest directions; more for longer vectors.
const BITS_LEAST: usize = WORDS * 64;

/// Sketches of the vectors of a table, by slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketches {
    words: Vec<u64>,
}

impl Sketches {
    /// Appends the sketch of a vector.
    pub(crate) fn push(&mut self, vector: &[f32]) {
        self.words.extend(sketch(vector));
    }

    /// Replaces the sketch of a slot.
    pub(crate) fn put(&mut self, slot: usize, vector: &[f32]) {
        let made = sketch(vector);
        self.words[slot * made.len()..][..made.len()].copy_from_slice(&made);
    }

    /// Some `most` slots whose sketches are nearest to that of `query`, among those that `fits`, in order of slots: all that are as
    /// near as the last one, so the same for every order in which they came.
    pub(crate) fn nearest(&self, query: &[f32], most: usize, fits: impl Fn(u32) -> bool) -> Vec<u32> {
        let sought = sketch(query);
        let mut away = distances(&sought, &self.words);
        let mut counts = vec![0_usize; sought.len() * 64 + 1];
        // Whoever does not fit is farther than anything can be.
        for (slot, far) in (0..).zip(&mut away) {
            if fits(slot) {
                counts[usize::from(*far)] += 1;
            } else {
                *far = u16::MAX;
            }
        }
        let mut held = 0;
        let reach = counts.iter().position(|count| {
            held += count;
            held >= most
        });
        let reach = reach.unwrap_or(counts.len());
        (0..).zip(&away).filter(|(_, far)| usize::from(**far) <= reach).map(|(slot, _)| slot).collect()
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}

/// One bit for each direction. The directions are the rows of a Hadamard matrix over signs that only look like chance, twice.
fn sketch(vector: &[f32]) -> Vec<u64> {
    let mut turned = vector.to_vec();
    turned.resize(vector.len().next_power_of_two().max(BITS_LEAST), 0.0);
    for round in 0..2 {
        scatter(&mut turned, round);
        hadamard(&mut turned);
    }
    let word = |part: &[f32; 64]| part.iter().rev().fold(0, |bits, &x| bits << 1 | u64::from(x > 0.0));
    turned.as_chunks::<64>().0.iter().map(word).collect()
}

/// Turns about half of the signs.
fn scatter(vector: &mut [f32], round: u64) {
    let mut dice = round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for part in vector.chunks_mut(64) {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bits = dice ^ dice >> 29;
        part.iter_mut().enumerate().filter(|(i, _)| bits >> i & 1 == 1).for_each(|(_, x)| *x = -*x);
    }
}

/// The Walsh–Hadamard transform, without its factor: only signs are looked at.
fn hadamard(vector: &mut [f32]) {
    let mut half = vector.len() / 2;
    while half > 0 {
        for block in vector.chunks_exact_mut(half * 2) {
            let (left, right) = block.split_at_mut(half);
            for (a, b) in left.iter_mut().zip(right) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half /= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(seed: usize) -> Vec<f32> {
        (0..48).map(|i| ((seed * 31 + i * 7) as f32 * 0.618).sin()).collect()
    }

    #[test]
    fn bits_differ_as_angles_do() {
        let far =
            |a: &[f32], b: &[f32]| -> u32 { sketch(a).iter().zip(sketch(b)).map(|(x, y)| (x ^ y).count_ones()).sum() };
        let a = vector(1);
        let near: Vec<f32> = a.iter().zip(vector(2)).map(|(x, y)| x + 0.2 * y).collect();
        let across: Vec<f32> = a.iter().map(|x| -x).collect();
        assert_eq!((far(&a, &a), far(&a, &across)), (0, 512));
        assert!(far(&a, &near) < 80, "{}", far(&a, &near));
        assert!((190..320).contains(&far(&a, &vector(5))), "{}", far(&a, &vector(5)));
    }

    #[test]
    fn the_nearest_that_fit_are_kept_with_all_their_equals() {
        let mut sketches = Sketches::default();
        (0..100).for_each(|i| sketches.push(&vector(i % 50)));
        let found = sketches.nearest(&vector(7), 1, |_| true);
        assert_eq!(found, [7, 57]);
        assert_eq!(sketches.nearest(&vector(7), 1, |slot| slot != 7), [57]);
        assert!(sketches.nearest(&vector(7), 5, |_| false).is_empty());
        assert_eq!(sketches.nearest(&vector(7), 1_000, |_| true).len(), 100);
        sketches.put(7, &vector(8));
        assert_eq!(sketches.nearest(&vector(7), 1, |_| true), [57]);
    }
}

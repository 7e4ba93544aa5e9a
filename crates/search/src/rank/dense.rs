//! Vectors of texts, if a model made any: centred (what all texts share says nothing), eight bits a number. What is near is sought by
//! sketches first and then compared in full.

use rayon::prelude::*;

use crate::rank::kernels::{dot as product, dots};
use crate::rank::sketch::Sketches;

/// Texts that the mean is learnt from.
const SAMPLE_MAX: usize = 20_000;
/// Vectors that are compared in full, at least: those with the nearest sketches. A smaller table is compared whole.
const COMPARED: usize = 8_192;

/// Vectors of the texts of a collection, by slot.
#[derive(Clone, Debug, Default)]
pub struct Vectors {
    /// Numbers in a vector.
    pub dim: usize,
    rows: Vec<i8>,
    /// What a step of a row is worth; 0 where there is no vector, or one that says nothing.
    scales: Vec<f32>,
    /// How far each was from the mean: with it a vector can be had again as it came.
    lengths: Vec<f32>,
    sketches: Sketches,
    mean: Vec<f32>,
    held: usize,
    learnt: usize,
}

/// A prepared query in eight bits: each number is `values[i] * scale`.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    values: Vec<i8>,
    scale: f32,
}

impl Vectors {
    /// Learns the mean from `rows` (each `dim` long) and stores all of them in order of slots.
    pub fn new(dim: usize, rows: &[f32]) -> Vectors {
        let mut vectors = Vectors { dim, ..Vectors::default() };
        let count = rows.len() / dim.max(1);
        vectors.mean = mean(dim, rows.chunks_exact(dim.max(1)).step_by(count.div_ceil(SAMPLE_MAX).max(1)));
        for row in rows.chunks_exact(dim.max(1)) {
            vectors.push(row);
        }
        vectors.learnt = vectors.held;
        vectors
    }

    /// Holds no vector yet, and learns the mean as they come.
    pub fn empty(dim: usize) -> Vectors {
        Vectors { dim, mean: vec![0.0; dim], ..Vectors::default() }
    }

    /// A vector as it is compared.
    pub fn prepare(&self, row: &[f32]) -> Vec<f32> {
        self.centred(row).0
    }

    fn centred(&self, row: &[f32]) -> (Vec<f32>, f32) {
        let mut out: Vec<f32> = row.iter().zip(&self.mean).map(|(x, m)| x - m).collect();
        let length = unit(&mut out);
        (out, length)
    }

    /// Appends the vector of the next slot; a vector of another length, or none, is like nothing.
    fn push(&mut self, row: &[f32]) {
        let (row, length) = if row.len() == self.dim { self.centred(row) } else { (vec![0.0; self.dim], 0.0) };
        let made = Vectors::quantised(&row);
        self.held += usize::from(length > 0.0);
        self.scales.push(if length > 0.0 { made.scale } else { 0.0 });
        self.lengths.push(length);
        self.rows.extend(made.values);
        self.sketches.push(&row);
    }

    /// Sets the vector of a slot, unless it is of another length or holds what is no number; slots before it that have none are like
    /// nothing. Whenever there are twice as many as before, what all
    /// of them share is learnt anew.
    pub fn put(&mut self, slot: u32, row: &[f32]) {
        let slot = slot as usize;
        while self.len() <= slot {
            self.push(&[]);
        }
        if row.len() != self.dim || !row.iter().all(|x| x.is_finite()) {
            return;
        }
        self.held += usize::from(self.lengths[slot] == 0.0);
        self.set(slot, row);
        if self.held >= self.learnt * 2 {
            self.learn();
        }
    }

    fn set(&mut self, slot: usize, row: &[f32]) {
        let (row, length) = self.centred(row);
        let made = Vectors::quantised(&row);
        self.rows[slot * self.dim..][..self.dim].copy_from_slice(&made.values);
        self.lengths[slot] = length.max(f32::MIN_POSITIVE);
        self.scales[slot] = if length > 0.0 { made.scale } else { 0.0 };
        self.sketches.put(slot, &row);
    }

    /// Learns the mean anew and centres every vector by it.
    fn learn(&mut self) {
        let slots: Vec<u32> = (0..).zip(&self.lengths).filter(|(_, l)| **l > 0.0).map(|(slot, _)| slot).collect();
        let step = slots.len().div_ceil(SAMPLE_MAX).max(1);
        let sample: Vec<Vec<f32>> = slots.iter().step_by(step).map(|&slot| self.whole(slot)).collect();
        let mean = mean(self.dim, sample.iter().map(Vec::as_slice));
        for part in slots.chunks(SAMPLE_MAX) {
            let before = &*self;
            let rows: Vec<Vec<f32>> = part.par_iter().map(|&slot| before.whole(slot)).collect();
            let old = std::mem::replace(&mut self.mean, mean.clone());
            part.iter().zip(rows).for_each(|(&slot, row)| self.set(slot as usize, &row));
            self.mean = old;
        }
        self.mean = mean;
        self.learnt = self.held;
    }

    /// The vector of a slot as it came, but for what eight bits lose.
    fn whole(&self, slot: u32) -> Vec<f32> {
        let length = self.lengths.get(slot as usize).copied().unwrap_or(0.0);
        self.row(slot).zip(&self.mean).map(|(x, m)| x * length + m).collect()
    }

    /// Takes over the vector of another collection's slot, as it came there.
    pub fn take(&mut self, slot: u32, from: &Vectors, at: u32) {
        if from.lengths.get(at as usize).is_some_and(|length| *length > 0.0) {
            self.put(slot, &from.whole(at));
        }
    }

    /// How many slots there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// A prepared vector in eight bits.
    pub fn quantised(row: &[f32]) -> Sought {
        let most = row.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
        let scale = if most > 0.0 && most.is_finite() { most / 127.0 } else { 1.0 };
        Sought { values: row.iter().map(|x| (x / scale).round() as i8).collect(), scale }
    }

    /// The likeness of a quantised query to the text of a slot, -1 to 1.
    pub fn likeness(&self, query: &Sought, slot: u32) -> f32 {
        let at = slot as usize * self.dim;
        let Some(row) = self.rows.get(at..at + self.dim) else { return 0.0 };
        product(row, &query.values) as f32 * query.scale * self.scales[slot as usize]
    }

    /// Some `most` texts that are most like a prepared query, among those that `fits`: the nearest by their sketches, the best of those
    /// by their likeness. In no order.
    pub fn nearest(&self, query: &[f32], most: usize, fits: impl Fn(u32) -> bool) -> Vec<u32> {
        let known = |slot: u32| self.scales[slot as usize] > 0.0 && fits(slot);
        let slots = self.sketches.nearest(query, most.max(COMPARED), known);
        let sought = Vectors::quantised(query);
        let sums = dots(&sought.values, &self.rows, &slots);
        let worth = |(slot, sum): (u32, i32)| (sum as f32 * self.scales[slot as usize], slot);
        let mut found: Vec<(f32, u32)> = slots.into_iter().zip(sums).map(worth).collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.into_iter().map(|(_, slot)| slot).collect()
    }

    /// The prepared vector of a slot.
    pub fn row(&self, slot: u32) -> impl Iterator<Item = f32> + '_ {
        let at = slot as usize * self.dim;
        let scale = self.scales.get(slot as usize).copied().unwrap_or(0.0);
        self.rows.get(at..at + self.dim).unwrap_or(&[]).iter().map(move |&x| f32::from(x) * scale)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() + (self.scales.capacity() + self.lengths.capacity()) * 4 + self.sketches.bytes()
    }
}

/// The inner product.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Scales to length one and tells what the length was; a vector of nothing, or of what is no number, becomes nothing.
fn unit(v: &mut [f32]) -> f32 {
    let length = dot(v, v).sqrt();
    if length > 1e-9 && length.is_finite() {
        v.iter_mut().for_each(|x| *x /= length);
        return length;
    }
    v.fill(0.0);
    0.0
}

fn mean<'r>(dim: usize, rows: impl Iterator<Item = &'r [f32]>) -> Vec<f32> {
    let (mut mean, mut count) = (vec![0.0; dim], 0_u32);
    for row in rows {
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += x);
        count += 1;
    }
    mean.iter_mut().for_each(|m| *m /= count.max(1) as f32);
    mean
}

/// The cosine of two vectors, 0 where one of them is nothing.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let length = (dot(a, a) * dot(b, b)).sqrt();
    if length > 1e-9 { dot(a, b) / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(seed: usize) -> Vec<f32> {
        (0..24).map(|i| ((seed * 31 + i * 7) as f32 * 0.618).sin() + 2.0).collect()
    }

    fn like(vectors: &Vectors, row: &[f32], slot: u32) -> f32 {
        vectors.likeness(&Vectors::quantised(&vectors.prepare(row)), slot)
    }

    #[test]
    fn vectors_that_come_one_by_one_are_compared_as_if_they_had_come_at_once() {
        let rows: Vec<Vec<f32>> = (0..64).map(vector).collect();
        let whole = Vectors::new(24, &rows.concat());
        let mut late = Vectors::empty(24);
        for slot in (0..64).rev() {
            late.put(slot, &rows[slot as usize]);
        }
        assert_eq!((late.len(), late.held, late.learnt), (64, 64, 64));
        for slot in 0..64 {
            assert!((like(&late, &rows[9], slot) - like(&whole, &rows[9], slot)).abs() < 0.03, "{slot}");
        }
    }

    #[test]
    fn a_vector_stands_where_its_text_does_and_what_is_no_vector_is_like_nothing() {
        let mut vectors = Vectors::empty(2);
        let rows: [[f32; 2]; 3] = [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]];
        vectors.put(4, &rows[1]);
        vectors.put(1, &rows[0]);
        vectors.put(0, &rows[2]);
        vectors.put(2, &[1.0]);
        vectors.put(2, &[f32::NAN, 1.0]);
        assert_eq!(vectors.len(), 5);
        assert!(like(&vectors, &rows[1], 4) > 0.9 && like(&vectors, &rows[2], 0) > 0.9);
        assert_eq!(
            (like(&vectors, &rows[1], 3), like(&vectors, &rows[1], 2), like(&vectors, &rows[1], 99)),
            (0.0, 0.0, 0.0)
        );
        let mut other = Vectors::empty(2);
        (0..5).for_each(|slot| other.take(4 - slot, &vectors, slot));
        assert!(like(&other, &rows[1], 0) > 0.9);
    }

    #[test]
    fn the_nearest_are_those_that_comparing_everything_finds() {
        let rows: Vec<Vec<f32>> = (0..3_000).map(vector).collect();
        let vectors = Vectors::new(24, &rows.concat());
        let query = vectors.prepare(&vector(5_000));
        let sought = Vectors::quantised(&query);
        let mut all: Vec<(f32, u32)> = (0..3_000).map(|slot| (vectors.likeness(&sought, slot), slot)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = |fits: fn(u32) -> bool| {
            let mut slots: Vec<u32> = all.iter().map(|a| a.1).filter(|&slot| fits(slot)).take(40).collect();
            slots.sort_unstable();
            slots
        };
        let found = |fits: fn(u32) -> bool| {
            let mut slots = vectors.nearest(&query, 40, fits);
            slots.sort_unstable();
            slots
        };
        assert_eq!(found(|_| true), best(|_| true));
        assert_eq!(found(|slot| slot % 7 == 0), best(|slot| slot % 7 == 0));
        assert!(found(|_| false).is_empty());
    }
}

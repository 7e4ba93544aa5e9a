//! Vectors by key, searched as a whole: exact, any filter, nothing to keep in step. Some ten milliseconds for 200,000 vectors; the
//! decision `docs/decisions` explains when that would no longer do. It is a copy: whoever has the texts can make it anew.

use std::collections::{BinaryHeap, HashMap};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::kernels;
use crate::problem::Problem;
use crate::vector::{Quantised, similarity};

/// What a vector belongs to; wide enough for a UUID.
pub type Key = u128;

/// Rows that one thread looks at in one go; their values stay near the processor.
const ROWS: usize = 1024;
/// Vectors that are sought together.
const GROUP: usize = 32;
const MAGIC: &[u8; 8] = b"KQVECT\x01\n";
const DIGEST_BYTES: usize = 32;
const DIMENSIONS_MAX: usize = 8192;

/// The vectors of one model.
#[derive(Clone, Debug)]
pub struct Vectors {
    model: String,
    dimensions: usize,
    keys: Vec<Key>,
    scales: Vec<f32>,
    values: Vec<i8>,
    rows: HashMap<Key, usize>,
}

/// A vector that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// What it belongs to.
    pub key: Key,
    /// The cosine with what was sought.
    pub cosine: f32,
}

impl Vectors {
    /// An empty table for vectors of one model.
    pub fn new(model: &str, dimensions: usize) -> Vectors {
        let (keys, scales, values, rows) = Default::default();
        Vectors { model: model.to_owned(), dimensions, keys, scales, values, rows }
    }

    /// The name of the model that made the vectors.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Puts a vector in, in place of what had the key.
    ///
    /// # Errors
    /// When it has another number of values than the table.
    pub fn put(&mut self, key: Key, vector: &Quantised) -> Result<(), Problem> {
        if vector.values.len() != self.dimensions {
            let (has, wants) = (vector.values.len(), self.dimensions);
            return Err(Problem::new(
                format!("向量有 {has} 维，应为 {wants} 维：它来自另一个模型。"),
                format!("the vector has {has} values instead of {wants}: it comes from another model"),
            ));
        }
        match self.rows.get(&key) {
            Some(&row) => {
                self.scales[row] = vector.scale;
                self.values[row * self.dimensions..][..self.dimensions].copy_from_slice(&vector.values);
            }
            None => {
                self.rows.insert(key, self.keys.len());
                self.keys.push(key);
                self.scales.push(vector.scale);
                self.values.extend_from_slice(&vector.values);
            }
        }
        Ok(())
    }

    /// Takes a vector out; false when there is none.
    pub fn remove(&mut self, key: Key) -> bool {
        let Some(row) = self.rows.remove(&key) else { return false };
        let (last, d) = (self.keys.len() - 1, self.dimensions);
        self.keys.swap_remove(row);
        self.scales.swap_remove(row);
        if row < last {
            self.rows.insert(self.keys[row], row);
            self.values.copy_within(last * d.., row * d);
        }
        self.values.truncate(last * d);
        true
    }

    /// The vector of a key.
    pub fn get(&self, key: Key) -> Option<Quantised> {
        let row = *self.rows.get(&key)?;
        Some(Quantised { values: self.row(row).into(), scale: self.scales[row] })
    }

    /// The `most` nearest vectors among those that `wanted` lets pass, the nearest first; equals by their keys. All threads of the
    /// pool it is called in take part.
    pub fn nearest(&self, to: &Quantised, most: usize, wanted: impl Fn(Key) -> bool + Sync) -> Vec<Near> {
        let block = |(i, values): (usize, &[i8])| {
            let mut heap = BinaryHeap::new();
            self.scan(to, most, (i * ROWS, values), &wanted, &mut heap);
            heap
        };
        let blocks = self.values.par_chunks(ROWS * self.dimensions.max(1)).enumerate().map(block);
        sorted(blocks.flatten_iter().collect(), most)
    }

    /// [`Vectors::nearest`] for many at once, in order, which is several times faster: every block of rows is taken up once for a
    /// whole group. `wanted` also hears the place of what is sought.
    pub fn nearest_each(
        &self,
        to: &[Quantised],
        most: usize,
        wanted: impl Fn(usize, Key) -> bool + Sync,
    ) -> Vec<Vec<Near>> {
        let group = |(i, group): (usize, &[Quantised])| {
            let mut heaps: Vec<BinaryHeap<Ranked>> = group.iter().map(|_| BinaryHeap::new()).collect();
            for (block, values) in self.values.chunks(ROWS * self.dimensions.max(1)).enumerate() {
                for (j, (to, heap)) in group.iter().zip(&mut heaps).enumerate() {
                    self.scan(to, most, (block * ROWS, values), &|key| wanted(i * GROUP + j, key), heap);
                }
            }
            heaps.into_iter().map(|heap| sorted(heap.into_vec(), most)).collect::<Vec<_>>()
        };
        to.par_chunks(GROUP).enumerate().flat_map_iter(group).collect()
    }

    /// Looks at a block of rows and keeps the `most` best in the heap.
    fn scan(
        &self,
        to: &Quantised,
        most: usize,
        (from, values): (usize, &[i8]),
        wanted: &impl Fn(Key) -> bool,
        heap: &mut BinaryHeap<Ranked>,
    ) {
        if to.values.len() != self.dimensions || most == 0 {
            return;
        }
        let mut sums = [0; ROWS];
        let sums = &mut sums[..values.len() / self.dimensions.max(1)];
        kernels::dots(&to.values, values, sums);
        for (i, sum) in sums.iter().enumerate() {
            let cosine = similarity(*sum, to.scale, self.scales[from + i]);
            let near = Ranked(Near { key: self.keys[from + i], cosine });
            if heap.len() < most {
                if wanted(near.0.key) {
                    heap.push(near);
                }
            } else if heap.peek().is_some_and(|worst| near < *worst) && wanted(near.0.key) {
                heap.pop();
                heap.push(near);
            }
        }
    }

    fn row(&self, row: usize) -> &[i8] {
        &self.values[row * self.dimensions..][..self.dimensions]
    }

    /// The table as bytes, with its model's name and a digest.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + self.model.len() + self.len() * (20 + self.dimensions));
        bytes.extend_from_slice(MAGIC);
        for n in [self.model.len(), self.dimensions, self.len()] {
            bytes.extend((n as u64).to_le_bytes());
        }
        bytes.extend_from_slice(self.model.as_bytes());
        bytes.extend(self.keys.iter().flat_map(|k| k.to_le_bytes()));
        bytes.extend(self.scales.iter().flat_map(|s| s.to_le_bytes()));
        bytes.extend(self.values.iter().map(|v| v.cast_unsigned()));
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        bytes
    }

    /// The table out of its bytes; `None` when they are not whole or of another version, or of another model: then make it anew.
    pub fn from_bytes(bytes: &[u8], model: &str) -> Option<Vectors> {
        let (body, digest) = bytes.split_last_chunk::<DIGEST_BYTES>()?;
        let mut rest = body.strip_prefix(MAGIC)?;
        if Sha256::digest(body).as_slice() != digest {
            return None;
        }
        let mut number = || {
            let (n, after) = rest.split_first_chunk::<8>()?;
            rest = after;
            usize::try_from(u64::from_le_bytes(*n)).ok()
        };
        let (name, dimensions, n) = (number()?, number()?, number()?);
        let (name, rest) = rest.split_at_checked(name)?;
        if name != model.as_bytes() || dimensions > DIMENSIONS_MAX {
            return None;
        }
        let (keys, rest) = rest.split_at_checked(n.checked_mul(16)?)?;
        let (scales, values) = rest.split_at_checked(n.checked_mul(4)?)?;
        if values.len() != n.checked_mul(dimensions)? {
            return None;
        }
        let keys: Vec<Key> = keys.as_chunks::<16>().0.iter().map(|k| Key::from_le_bytes(*k)).collect();
        let scales = scales.as_chunks::<4>().0.iter().map(|s| f32::from_le_bytes(*s)).collect();
        let rows: HashMap<Key, usize> = keys.iter().enumerate().map(|(row, key)| (*key, row)).collect();
        let values = values.iter().map(|v| v.cast_signed()).collect();
        (rows.len() == n).then(|| Vectors { model: model.to_owned(), dimensions, keys, scales, values, rows })
    }
}

fn sorted(mut found: Vec<Ranked>, most: usize) -> Vec<Near> {
    found.sort_unstable();
    found.truncate(most);
    found.into_iter().map(|ranked| ranked.0).collect()
}

/// Ordered so that the better comes first: the worst is on top of a heap.
struct Ranked(Near);

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.cosine.total_cmp(&self.0.cosine).then(self.0.key.cmp(&other.0.key))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::Vector;

    fn vector(seed: usize) -> Quantised {
        Vector::normalised((0..24).map(|i| ((seed * 31 + i * 7) as f32 * 0.618).sin()).collect()).quantised()
    }

    fn table(n: usize) -> Vectors {
        let mut table = Vectors::new("m", 24);
        (0..n).for_each(|i| table.put(i as Key * 3, &vector(i)).unwrap());
        table
    }

    #[test]
    fn nearest_is_what_sorting_everything_gives() {
        let table = table(9000);
        let to = vector(123_456);
        let mut all: Vec<Near> = (0..9000).map(|i| Near { key: i as Key * 3, cosine: vector(i).cosine(&to) }).collect();
        all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine).then(a.key.cmp(&b.key)));
        assert_eq!(table.nearest(&to, 100, |_| true), all[..100]);
        let even: Vec<Near> = all.iter().filter(|n| n.key % 2 == 0).take(50).copied().collect();
        assert_eq!(table.nearest(&to, 50, |key| key % 2 == 0), even);
        let several: Vec<Quantised> = (0..70).map(|i| vector(i * 999)).collect();
        let each = table.nearest_each(&several, 7, |i, key| key % 2 == i as Key % 2);
        for (i, (to, found)) in several.iter().zip(each).enumerate() {
            assert_eq!(found, table.nearest(to, 7, |key| key % 2 == i as Key % 2));
        }
        assert_eq!(table.nearest(&to, 20_000, |_| true).len(), 9000);
        assert!(table.nearest(&to, 5, |_| false).is_empty());
        assert!(table.nearest(&Vector(vec![1.0; 3]).quantised(), 5, |_| true).is_empty());
    }

    #[test]
    fn what_is_removed_is_not_found_and_the_rest_stays() {
        let mut table = table(100);
        for i in (0..100).step_by(2) {
            assert!(table.remove(i * 3));
            assert!(!table.remove(i * 3));
        }
        assert_eq!(table.len(), 50);
        for i in (1..100).step_by(2) {
            assert_eq!(table.get(i * 3).unwrap(), vector(i as usize));
        }
        table.put(3, &vector(500)).unwrap();
        assert_eq!((table.len(), table.get(3).unwrap()), (50, vector(500)));
        assert!(table.put(3, &Vector(vec![1.0; 3]).quantised()).is_err());
        while let Some(key) = table.keys.first().copied() {
            table.remove(key);
        }
        assert!(table.is_empty() && table.values.is_empty());
    }

    #[test]
    fn bytes_come_back_and_damaged_ones_do_not() {
        let table = table(5);
        let bytes = table.to_bytes();
        let again = Vectors::from_bytes(&bytes, "m").unwrap();
        assert_eq!((again.len(), again.get(12)), (5, table.get(12)));
        assert!(Vectors::from_bytes(&bytes, "another").is_none());
        for at in 0..bytes.len() {
            assert!(Vectors::from_bytes(&bytes[..at], "m").is_none());
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert!(Vectors::from_bytes(&flipped, "m").is_none());
        }
    }
}

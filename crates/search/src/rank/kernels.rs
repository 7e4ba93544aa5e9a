//! The inner loops over bytes and bits. They are compiled for several kinds of processors and chosen when the program runs; all are exact,
//! so every machine finds the same.

use pulp::{Arch, Simd, WithSimd};

/// Words of 64 bits that are compared at a time.
pub(crate) const WORDS: usize = 8;

/// The sum of the products of two rows of bytes.
pub(crate) fn dot(a: &[i8], b: &[i8]) -> i32 {
    Arch::new().dispatch(|| products(a, b))
}

/// The products of one row with the rows of a table that stand at `slots`, in their order.
pub(crate) fn dots(row: &[i8], table: &[i8], slots: &[u32]) -> Vec<i32> {
    Arch::new().dispatch(Dots { row, table, slots })
}

/// How many bits of one sketch differ from each of a table's.
pub(crate) fn distances(sketch: &[u64], table: &[u64]) -> Vec<u16> {
    Arch::new().dispatch(Distances { sketch, table })
}

// Types of their own, and loops, not closures and `collect`: only so are they compiled within the choice of instructions.

struct Dots<'a> {
    row: &'a [i8],
    table: &'a [i8],
    slots: &'a [u32],
}

impl WithSimd for Dots<'_> {
    type Output = Vec<i32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<i32> {
        let width = self.row.len();
        let at = |slot: u32| &self.table[slot as usize * width..][..width];
        let mut out = vec![0; self.slots.len()];
        for (sum, &slot) in out.iter_mut().zip(self.slots) {
            *sum = products(self.row, at(slot));
        }
        out
    }
}

struct Distances<'a> {
    sketch: &'a [u64],
    table: &'a [u64],
}

impl WithSimd for Distances<'_> {
    type Output = Vec<u16>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Vec<u16> {
        let rows = self.table.chunks_exact(self.sketch.len().max(1));
        let mut out = vec![0; rows.len()];
        for (far, row) in out.iter_mut().zip(rows) {
            *far = differing(self.sketch, row);
        }
        out
    }
}

#[inline(always)]
fn products(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
}

#[inline(always)]
fn differing(a: &[u64], b: &[u64]) -> u16 {
    let words = a.as_chunks::<WORDS>().0.iter().zip(b.as_chunks::<WORDS>().0);
    let eight = |(x, y): (&[u64; WORDS], &[u64; WORDS])| (0..WORDS).map(|i| (x[i] ^ y[i]).count_ones()).sum::<u32>();
    words.map(eight).sum::<u32>() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_at_any_length() {
        for n in [1_usize, 15, 16, 33, 384, 1000] {
            let a: Vec<i8> = (0..n).map(|i| (i * 37 % 255) as u8 as i8).collect();
            let b: Vec<i8> = (0..n).map(|i| (i * 91 % 255) as u8 as i8).collect();
            let expected: i32 = a.iter().zip(&b).map(|(x, y)| *x as i32 * *y as i32).sum();
            assert_eq!(dot(&a, &b), expected);
            assert_eq!(dots(&a, &[a.clone(), b.clone()].concat(), &[1, 0]), [expected, dot(&a, &a)]);
        }
    }

    #[test]
    fn bits_that_differ_are_counted() {
        let mut other = [0; 2 * WORDS];
        (other[0], other[15]) = (0b1011, u64::MAX);
        assert_eq!(distances(&[0; 2 * WORDS], &[[0; 2 * WORDS], other].concat()), [0, 67]);
    }
}

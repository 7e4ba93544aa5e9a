//! Keys of terms and the maps over them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::stream::{BREAK, is_token};

/// A hasher for keys that are numbers already: one multiplication.
#[derive(Default)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }
    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        let h = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = h ^ (h >> 32);
    }
}

/// A map from term keys.
pub type Terms<V> = HashMap<u64, V, BuildHasherDefault<Mix>>;

/// A set of term keys.
pub type TermSet = HashSet<u64, BuildHasherDefault<Mix>>;

/// The key of a single unit.
pub fn single(unit: u32) -> u64 {
    u64::from(unit)
}

/// The key of two hanzi that stand together.
pub fn pair(first: u32, second: u32) -> u64 {
    (1 << 62) | (u64::from(first) << 21) | u64::from(second)
}

/// Calls `each` with the key of every gram in a row of units: neighbouring hanzi, tokens by themselves, and a hanzi that
/// stands alone between breaks or tokens. The number of calls is the length of the text in grams.
pub fn grams(units: &[u32], mut each: impl FnMut(usize, u64)) {
    let is_hanzi = |u: u32| u != BREAK && !is_token(u);
    for (at, &unit) in units.iter().enumerate() {
        if is_token(unit) {
            each(at, single(unit));
        } else if is_hanzi(unit) && units.get(at + 1).is_some_and(|&n| is_hanzi(n)) {
            each(at, pair(unit, units[at + 1]));
        }
    }
}

//! Chance that falls the same way at every run.

use keqiao_base::{Entropy, FixedEntropy};

/// A sequence of draws.
pub(crate) struct Draw(FixedEntropy);

impl Draw {
    /// The sequence that begins at `seed`.
    pub(crate) fn seed(seed: u64) -> Draw {
        Draw(FixedEntropy::seed(seed))
    }

    /// A number below `count`.
    pub(crate) fn below(&self, count: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(0) % count.max(1)
    }

    /// One of a list.
    pub(crate) fn pick<T: Copy>(&self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Whether a thing happens that happens so many times in a hundred.
    pub(crate) fn percent(&self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

//! Chance as an argument: keys, tokens and ids are drawn here, so a test can say what is drawn.

use std::sync::atomic::{AtomicU64, Ordering};

/// A source of random bytes.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]);
}

/// The operating system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) {
        // Without random numbers no session may be made: going on would hand out guessable keys.
        getrandom::fill(out).expect("the operating system gives random numbers");
    }
}

/// The same "random" bytes at every run (splitmix64): for tests and for the demo's seed, never for a real key.
#[derive(Debug, Default)]
pub struct FixedEntropy(AtomicU64);

impl FixedEntropy {
    /// A sequence that begins at `seed`.
    pub fn seed(seed: u64) -> Self {
        FixedEntropy(AtomicU64::new(seed))
    }
}

impl Entropy for FixedEntropy {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst).wrapping_add(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

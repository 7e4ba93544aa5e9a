//! Ranking: a plan of the query, quick recall over the postings, an exact profile of every candidate, one score.
#![expect(
    clippy::float_arithmetic,
    reason = "scores of ranking are no amounts; they are compared, never published as sums"
)]

pub mod dense;
pub mod feature;
pub mod fuse;
mod kernels;
pub mod kind;
pub mod plan;
pub mod profile;
pub mod recall;
pub mod rerank;
pub mod search;
mod sketch;
pub mod weights;

/// BM25's saturation of repeated terms.
pub(crate) const K1: f32 = 1.2;
/// BM25's correction for length.
pub(crate) const B: f32 = 0.75;
/// Rare terms count for more than the plain logarithm says: on abstracts and on questions alike a power of 1.5 is better.
const RARITY_POWER: f32 = 1.5;

/// The weight of a term held by `holders` of `texts` texts.
pub(crate) fn rarity(holders: u32, texts: u64) -> f32 {
    let (n, h) = (texts as f32, holders as f32);
    (1.0 + (n - h + 0.5).max(0.0) / (h + 0.5)).ln()
}

/// The weight that enters the score.
pub(crate) fn weight(rarity: f32) -> f32 {
    rarity.powf(RARITY_POWER)
}

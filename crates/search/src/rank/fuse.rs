//! One score from everything that was seen of the candidates of one query.

use crate::rank::plan::Plan;
use crate::rank::profile::Profile;

/// What the parts count beside the match itself, which is 1 for the best candidate of the query.
const COVERED: f32 = 0.15;
const NEAR: f32 = 0.2;
const STANDING: f32 = 0.3;
/// What it counts for a demand that a text opens with what it does.
const SOLVES: f32 = 0.15;

/// A candidate with what was seen of it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Its slot.
    pub slot: u32,
    /// Its words.
    pub profile: Profile,
    /// Likeness of vectors, where there are any.
    pub dense: Option<f32>,
    /// The score.
    pub score: f32,
}

/// Scores the candidates of one query.
pub fn fuse(plan: &Plan, candidates: &mut [Candidate]) {
    let best = candidates.iter().map(|c| c.profile.match_sum).fold(0.0, f32::max).max(1e-6);
    for c in candidates {
        let p = &c.profile;
        let solves = if plan.demand && p.solves { SOLVES } else { 0.0 };
        c.score = p.match_sum / best + COVERED * p.covered + NEAR * p.near + STANDING * p.standing + solves;
    }
}

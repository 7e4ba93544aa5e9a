//! Scores of the search as whole numbers: from here on nobody counts in floats.
#![expect(clippy::float_arithmetic, reason = "scores of the ranking come as floats; here they become whole numbers")]

use keqiao_search::Hit;

/// A share from 0 to 1 in per cent, never beyond either end.
pub(in crate::exchange) fn percent(share: f32) -> i32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as i32
}

/// Whether a hit is so far behind the best that it only shares a common word: less than a quarter of its score.
pub(in crate::exchange) fn weak(score: f32, best: f32) -> bool {
    score <= 0.0 || score < best * 0.25
}

/// Whether a hit shares a word with what was asked, or two signs in a row, or its meaning: a single sign of a name says nothing.
pub(in crate::exchange) fn touches(hit: &Hit, best: f32) -> bool {
    let [words, grams, _] = hit.profile.views;
    words > 0.0 || grams > 0.0 || (hit.dense.is_some() && !weak(hit.score, best))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_stay_within_bounds() {
        assert_eq!([0.0, 0.126, 1.0, 1.05, -0.2, f32::NAN].map(percent), [0, 13, 100, 100, 0, 0]);
        assert!(weak(0.0, 0.0) && weak(0.2, 1.0) && !weak(0.25, 1.0));
    }
}

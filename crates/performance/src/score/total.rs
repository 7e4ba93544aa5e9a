//! PR-22: the total is the sum of the printed scores. What becomes of weights that do not apply (PR-13) is `crate::weight`.

use keqiao_quantity::Decimal;

use super::Fraction;

/// The total of scores that are rounded already (PR-22).
pub fn total(scores: impl IntoIterator<Item = Decimal>) -> Decimal {
    scores.into_iter().fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Whether a printed total is the sum of the printed scores, but for a hundredth (PR-22).
pub fn total_agrees(printed: Decimal, scores: impl IntoIterator<Item = Decimal>) -> bool {
    Fraction::whole(total(scores)).agrees(printed)
}

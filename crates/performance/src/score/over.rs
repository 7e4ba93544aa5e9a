//! PR-17: far over the target. A reason is asked for, the reviewer is asked whether the target was too low, and a profile may cut.

use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use super::Fraction;

/// From where on an actual is far over its target, and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverRule {
    /// In percent of the target: 130.
    pub percent: Decimal,
    /// When the target is zero: 30.
    pub from_zero: Decimal,
    /// Whether the form cannot be handed in while the reason is empty.
    pub blocks: bool,
    /// Whether points are cut: `w × (1 − min(1, a ÷ t − percent))`. Our own proposal, off unless a profile turns it on.
    pub cuts: bool,
}

impl OverRule {
    /// Whether `actual` is far over `target` (for a range: its upper end).
    pub fn is_far_over(&self, target: Decimal, actual: Decimal) -> bool {
        if target.is_zero() {
            return actual >= self.from_zero;
        }
        target > Decimal::ZERO && actual.saturating_mul(Decimal::ONE_HUNDRED) >= target.saturating_mul(self.percent)
    }

    /// What is left of the weight, when the profile cuts and the actual is far over.
    pub fn cut(&self, weight: Decimal, target: Decimal, actual: Decimal) -> Option<Fraction> {
        if !self.cuts || target <= Decimal::ZERO || !self.is_far_over(target, actual) {
            return None;
        }
        // w × (1 − (a ÷ t − p ÷ 100)) = w × ((100 + p) × t − 100 × a) ÷ (100 × t)
        let left = Decimal::ONE_HUNDRED
            .saturating_add(self.percent)
            .saturating_mul(target)
            .saturating_sub(actual.saturating_mul(Decimal::ONE_HUNDRED));
        let under = target.saturating_mul(Decimal::ONE_HUNDRED);
        Fraction::over(weight.saturating_mul(left), under).map(|f| f.within(weight))
    }
}

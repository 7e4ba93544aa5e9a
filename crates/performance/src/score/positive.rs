//! PR-14: more is better (≥, >).

use keqiao_quantity::Decimal;

use super::Fraction;

/// `a ≥ t` → the whole weight; else `w × a ÷ t`. Below zero nothing; a target of zero is reached by anything not below zero.
pub fn positive(weight: Decimal, target: Decimal, actual: Decimal) -> Fraction {
    if actual >= target && (actual >= Decimal::ZERO || target < Decimal::ZERO) {
        return Fraction::whole(weight);
    }
    if actual <= Decimal::ZERO {
        return Fraction::ZERO;
    }
    Fraction::over(weight.saturating_mul(actual), target).map_or(Fraction::ZERO, |f| f.within(weight))
}

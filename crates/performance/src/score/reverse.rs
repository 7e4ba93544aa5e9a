//! PR-16, PR-7: less is better (≤, <): costs, accidents, complaints. Two ways are published; the profile says which.

use keqiao_quantity::Decimal;

use super::Fraction;

keqiao_base::coded! {
    /// How points go down above the ceiling.
    pub enum ReverseWay {
        /// `w × t ÷ a`.
        Ratio = "ratio" => ("按比例（分值×指标值÷实际值）", "In proportion (weight × target ÷ actual)"),
        /// `w × (1 − (a − t) ÷ t)`, nothing from twice the ceiling on.
        Linear = "linear" => ("按超出比例扣减（超出一倍及以上不得分）", "By the excess (nothing from twice the target on)"),
    }
}

/// At most the ceiling → the whole weight; above it by the way of the profile. Above a ceiling of zero there is nothing.
pub fn reverse(way: ReverseWay, weight: Decimal, target: Decimal, actual: Decimal) -> Fraction {
    if actual <= target {
        return Fraction::whole(weight);
    }
    if target <= Decimal::ZERO {
        return Fraction::ZERO;
    }
    match way {
        ReverseWay::Ratio => Fraction::over(weight.saturating_mul(target), actual),
        ReverseWay::Linear => {
            let left = target.saturating_mul(Decimal::TWO).saturating_sub(actual);
            Fraction::over(weight.saturating_mul(left), target)
        }
    }
    .map_or(Fraction::ZERO, |f| f.within(weight))
}

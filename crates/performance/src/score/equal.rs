//! PR-15: exactly so many (=).

use keqiao_quantity::Decimal;

use super::{Fraction, positive};

/// As [`fn@positive`], but a target of zero is reached only by nothing: no accident, no complaint.
pub fn equal(weight: Decimal, target: Decimal, actual: Decimal) -> Fraction {
    if target.is_zero() {
        return Fraction::whole(if actual <= Decimal::ZERO { weight } else { Decimal::ZERO });
    }
    positive(weight, target, actual)
}

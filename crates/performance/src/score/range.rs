//! PR-6: a target as a range (13–20 场): met from the lower end on, scored against it; far over only above the upper end.

use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, positive};

/// From … to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    low: Decimal,
    high: Decimal,
}

impl Range {
    /// A range; none when its ends are the wrong way round.
    pub fn new(low: Decimal, high: Decimal) -> Option<Range> {
        (low <= high).then_some(Range { low, high })
    }

    /// From here on the target is met.
    pub fn low(self) -> Decimal {
        self.low
    }

    /// From 1.3 × this on (by the profile) it is far over.
    pub fn high(self) -> Decimal {
        self.high
    }

    /// Whether it is met.
    pub fn is_met(self, actual: Decimal) -> bool {
        actual >= self.low
    }
}

/// As [`fn@positive`] against the lower end.
pub fn ranged(weight: Decimal, range: Range, actual: Decimal) -> Fraction {
    positive(weight, range.low, actual)
}

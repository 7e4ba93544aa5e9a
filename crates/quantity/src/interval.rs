//! Closed intervals of exact decimals: what a printed number may stand for.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// All values from `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// Least value.
    pub low: Decimal,
    /// Greatest value.
    pub high: Decimal,
}

impl Interval {
    /// `middle` ± `radius`.
    pub fn around(middle: Decimal, radius: Decimal) -> Interval {
        Interval { low: middle.saturating_sub(radius), high: middle.saturating_add(radius) }
    }

    /// One exact value.
    pub fn exact(value: Decimal) -> Interval {
        Interval { low: value, high: value }
    }

    /// Whether a value may be both.
    pub fn meets(self, other: Interval) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether the value is possible.
    pub fn holds(self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// Middle of the interval.
    pub fn middle(self) -> Decimal {
        (self.low.saturating_add(self.high)) / Decimal::TWO
    }
}

impl std::ops::Add for Interval {
    type Output = Interval;
    fn add(self, other: Interval) -> Interval {
        Interval { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }
}

impl std::ops::Sub for Interval {
    type Output = Interval;
    fn sub(self, other: Interval) -> Interval {
        Interval { low: self.low.saturating_sub(other.high), high: self.high.saturating_sub(other.low) }
    }
}

impl std::iter::Sum for Interval {
    fn sum<I: Iterator<Item = Interval>>(items: I) -> Interval {
        items.fold(Interval::exact(Decimal::ZERO), |a, b| a + b)
    }
}

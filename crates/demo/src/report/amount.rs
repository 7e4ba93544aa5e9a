//! Money of the sample reports in hundredths of 万元, and rates in hundredths of a percent: whole numbers, so that what is
//! printed always adds up.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

/// An amount in hundredths of 万元.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(pub(crate) i64);

impl Amount {
    /// Nothing.
    pub(crate) const ZERO: Amount = Amount(0);

    /// So many percent of this amount, whole hundredths.
    pub(crate) const fn percent(self, percent: i64) -> Amount {
        Amount(self.0 * percent / 100)
    }

    /// What a cell of a table shows: an empty cell for nothing, as published tables have it.
    pub(crate) fn cell(self) -> String {
        if self == Amount::ZERO { String::new() } else { self.to_string() }
    }

    /// The amount without its sign.
    pub(crate) const fn size(self) -> Amount {
        Amount(self.0.abs())
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount(self.0 + other.0)
    }
}

impl Sub for Amount {
    type Output = Amount;
    fn sub(self, other: Amount) -> Amount {
        Amount(self.0 - other.0)
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::ZERO, Add::add)
    }
}

/// A rate in hundredths of a percent, rounded half up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rate(pub(crate) i64);

impl Rate {
    /// `part` of `whole`; nothing of nothing is nothing.
    pub(crate) const fn of(part: Amount, whole: Amount) -> Rate {
        let whole = if whole.0 == 0 { 1 } else { whole.0 };
        Rate((part.0.abs() * 20_000 + whole) / (2 * whole))
    }

    /// The rate with its two digits before the point exchanged, or its last ones when those are equal: a slip of the pen.
    pub(crate) const fn transposed(self) -> Rate {
        let (tens, ones) = (self.0 / 1000 % 10, self.0 / 100 % 10);
        if tens != ones {
            return Rate(self.0 - tens * 1000 - ones * 100 + ones * 1000 + tens * 100);
        }
        let (tenths, last) = (self.0 / 10 % 10, self.0 % 10);
        Rate(self.0 - tenths * 10 - last + last * 10 + tenths + if tenths == last { 300 } else { 0 })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_rates_print_as_reports_do() {
        assert_eq!(Amount(61_240).to_string(), "612.40");
        assert_eq!(Amount(-5).to_string(), "-0.05");
        assert_eq!(Amount::ZERO.cell(), "");
        assert_eq!(Rate::of(Amount(5240), Amount(56_000)).to_string(), "9.36%");
        assert_eq!(Rate::of(Amount(58_200), Amount(60_000)).transposed().to_string(), "79.00%");
        assert_eq!(Rate(3342).transposed().to_string(), "33.24%");
    }
}

//! A score before it is rounded: a quotient of decimals, divided once, at the end (PR-21).

use std::cmp::Ordering;

use keqiao_quantity::{Decimal, Printed};
use serde::{Deserialize, Serialize};

/// A quotient of decimals; the divisor is positive.
///
/// ```
/// use keqiao_performance::score::Fraction;
/// use keqiao_quantity::Decimal;
/// let third = Fraction::over(Decimal::from(10), Decimal::from(3)).unwrap();
/// assert_eq!(third.points(), Decimal::new(333, 2));
/// ```
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Fraction {
    over: Decimal,
    under: Decimal,
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction { over: Decimal::ZERO, under: Decimal::ONE };

    /// A number that is known exactly.
    pub const fn whole(value: Decimal) -> Fraction {
        Fraction { over: value, under: Decimal::ONE }
    }

    /// `over ÷ under`; nothing when the divisor is zero.
    pub fn over(over: Decimal, under: Decimal) -> Option<Fraction> {
        match under.cmp(&Decimal::ZERO) {
            Ordering::Equal => None,
            Ordering::Greater => Some(Fraction { over, under }),
            Ordering::Less => Some(Fraction { over: -over, under: -under }),
        }
    }

    /// Rounded half up to `places` decimals. Exact for everything that the platform stores: the division is done in whole numbers.
    pub fn rounded(self, places: u32) -> Decimal {
        self.in_whole_numbers(places).unwrap_or_else(|| {
            let quotient = self.over.checked_div(self.under).unwrap_or(Decimal::ZERO);
            half_up(quotient, places)
        })
    }

    /// As a score is printed: half up to a hundredth of a point (PR-21).
    pub fn points(self) -> Decimal {
        self.rounded(2)
    }

    /// Whether a printed score may be this one: at most 0.01 away, because forms round and truncate (PR-21).
    pub fn agrees(self, printed: Decimal) -> bool {
        let hundredth = Decimal::new(1, 2);
        self.at_most(printed.saturating_add(hundredth)) && self.at_least(printed.saturating_sub(hundredth))
    }

    /// Whether it is at least `value`.
    pub fn at_least(self, value: Decimal) -> bool {
        self.over >= value.saturating_mul(self.under)
    }

    /// Whether it is at most `value`.
    pub fn at_most(self, value: Decimal) -> bool {
        self.over <= value.saturating_mul(self.under)
    }

    /// Not less than nothing, not more than `most`.
    #[must_use]
    pub fn within(self, most: Decimal) -> Fraction {
        if self.over.is_sign_negative() {
            Fraction::ZERO
        } else if self.at_most(most) {
            self
        } else {
            Fraction::whole(most)
        }
    }

    /// `(2 × over × 10^places + under) ÷ (2 × under)`, downwards and without the sign: half up without a rounding before it. None when 128 bits are too few.
    fn in_whole_numbers(self, places: u32) -> Option<Decimal> {
        let (over, under) = (self.over.normalize(), self.under.normalize());
        let (from, to) = (over.scale(), under.scale().checked_add(places)?);
        let up = 10i128.checked_pow(to.saturating_sub(from))?;
        let down = 10i128.checked_pow(from.saturating_sub(to))?;
        let over = over.mantissa().checked_mul(up)?.checked_mul(2)?;
        let under = under.mantissa().checked_mul(down)?;
        let steps = over.checked_abs()?.checked_add(under)?.checked_div(under.checked_mul(2)?)?;
        Decimal::try_from_i128_with_scale(steps * over.signum(), places).ok()
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Fraction) -> bool {
        self.over.saturating_mul(other.under) == other.over.saturating_mul(self.under)
    }
}

/// 四舍五入: half up, away from zero.
pub fn half_up(value: Decimal, places: u32) -> Decimal {
    Printed::round(value, places).value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_quotient_is_rounded_once_and_half_goes_up() {
        for (over, under, printed) in [
            ("9.685", "1", "9.69"),
            ("9.684999", "1", "9.68"),
            ("10", "3", "3.33"),
            ("20", "3", "6.67"),
            ("0", "7", "0.00"),
            ("-9.685", "1", "-9.69"),
        ] {
            assert_eq!(Fraction::over(d(over), d(under)).unwrap().points().to_string(), printed, "{over}/{under}");
        }
        // One part in 10^27 below the half: a division of 28 digits would print it as the half itself.
        let just_below = Fraction::over(d("0.1999999999999999999999999999"), d("40")).unwrap();
        assert_eq!(just_below.points(), d("0.00"));
    }

    #[test]
    fn numbers_too_large_for_whole_numbers_are_still_answered() {
        let huge = Fraction::over(Decimal::MAX, d("0.0000000001")).unwrap();
        assert_eq!(huge.points(), Decimal::ZERO, "no quotient: nothing is given");
        assert_eq!(huge.within(Decimal::TEN).points(), d("10.00"));
        assert!(Fraction::over(Decimal::ONE, Decimal::ZERO).is_none());
    }

    #[test]
    fn a_printed_score_may_be_a_hundredth_away() {
        let exact = Fraction::whole(d("9.685"));
        assert!(exact.agrees(d("9.68")) && exact.agrees(d("9.69")));
        assert!(!exact.agrees(d("9.67")) && !exact.agrees(d("9.70")));
    }
}

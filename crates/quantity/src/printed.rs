//! A number as it stands on paper: its digits, and how many of them follow the point.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::Interval;

/// A printed number. `12.50` is not `12.5`: the number of decimals says how far rounding may have moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Printed {
    /// The value as printed; its scale is the number of printed decimals.
    value: Decimal,
}

impl Printed {
    /// Reads ASCII digits with an optional sign, thousands commas and point. More than 24 digits are refused: the
    /// products of two such numbers would no longer be exact.
    pub fn parse(text: &str) -> Option<Printed> {
        let clean: String = text.chars().filter(|c| *c != ',').collect();
        if clean.chars().filter(char::is_ascii_digit).count() > 18 {
            return None;
        }
        if !clean.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit()) || clean.ends_with('.') {
            return None;
        }
        Some(Printed { value: clean.parse().ok()? })
    }

    /// A value that is exact to the given scale.
    pub fn from_decimal(value: Decimal) -> Printed {
        Printed { value }
    }

    /// The value as printed.
    pub fn value(self) -> Decimal {
        self.value
    }

    /// Printed digits after the point.
    pub fn decimals(self) -> u32 {
        self.value.scale()
    }

    /// Half a unit of the last printed digit.
    pub fn half_unit(self) -> Decimal {
        Decimal::new(5, self.value.scale() + 1)
    }

    /// Every value that prints like this one.
    pub fn interval(self) -> Interval {
        Interval::around(self.value, self.half_unit())
    }

    /// The same quantity counted in a unit `factor` times smaller: `1.20` 万元 × 10000 = 12000 元 ± 50.
    pub fn scaled(self, factor: Decimal) -> Interval {
        Interval::around(self.value * factor, self.half_unit() * factor)
    }

    /// The value rounded half away from zero to `decimals`, as official Chinese figures are (四舍五入).
    pub fn round(value: Decimal, decimals: u32) -> Printed {
        let mut value = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(decimals);
        Printed { value }
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        self.value.is_zero()
    }
}

impl std::fmt::Display for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Printed;

    #[test]
    fn keeps_decimals_and_commas_do_not_count() {
        assert_eq!(Printed::parse("2,940.05").map(|p| p.to_string()), Some("2940.05".into()));
        assert_eq!(Printed::parse("482.00").map(Printed::decimals), Some(2));
        assert_eq!(Printed::parse("1."), None);
        assert_eq!(Printed::parse(""), None);
        assert_eq!(Printed::parse("9999999999999999999999"), None);
    }
}

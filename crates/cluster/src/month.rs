//! A month of the calendar, as one whole number: what rows are grouped by, and sorted by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A month, written `2026-03`, kept as `202603`.
///
/// ```
/// use keqiao_cluster::Month;
/// let month: Month = "2026-03".parse().unwrap();
/// assert_eq!((month.number(), month.to_string().as_str()), (202_603, "2026-03"));
/// assert_eq!(Month::of_day(20_260_331), Some(month));
/// assert!("2026-13".parse::<Month>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// What is no month, or is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("不是月份 / not a month: {0:?}")]
pub struct NotAMonth(pub String);

impl Month {
    /// The month of this number, such as `202603`.
    pub fn from_number(number: i32) -> Option<Month> {
        ((180_001..=220_012).contains(&number) && (1..=12).contains(&(number % 100))).then_some(Month(number))
    }

    /// The month of a day with eight digits, such as `20260331`. Does not know how long months are.
    pub fn of_day(day: i32) -> Option<Month> {
        Month::from_number(day / 100).filter(|_| (1..=31).contains(&(day % 100)))
    }

    /// Year and month in six digits.
    pub const fn number(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let wrong = || NotAMonth(text.chars().take(20).collect());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(wrong());
        }
        let number = format!("{year}{month}").parse().map_err(|_| wrong())?;
        Month::from_number(number).ok_or_else(wrong)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_strictly() {
        for wrong in ["2026-3", "2026-00", "2026/03", "202603", "", "２０２６-03", "+026-03", "1799-12", "2201-01"]
        {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        for wrong in [20_261_301, 20_260_100, 20_260_132, 0, -20_260_101, 202_601_010] {
            assert_eq!(Month::of_day(wrong), None, "{wrong}");
        }
    }
}

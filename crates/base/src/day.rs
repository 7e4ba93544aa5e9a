//! A day of the calendar, written `2026-03-02`. No moment: it has no hour and no zone.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Moment;

/// A day between 1800 and 2200. Stored as its ten characters, which sort as days do.
///
/// ```
/// use keqiao_base::Day;
/// let day: Day = "2026-02-28".parse().unwrap();
/// assert_eq!((day.year(), day.month().as_str(), day.plus(1).to_string().as_str()), (2026, "2026-02", "2026-03-01"));
/// assert_eq!("2026-01-01".parse::<Day>().unwrap().until("2026-01-31".parse().unwrap()), 30);
/// assert!("2026-02-30".parse::<Day>().is_err() && "2026-2-3".parse::<Day>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// What is no day, or is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day: {0:?}")]
pub struct NotADay(pub String);

impl Day {
    /// The day with these numbers; months from 1.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1800..=2200).contains(&year)).map(Day)
    }

    /// The first day of a year, kept within the calendar.
    pub fn first_of(year: i32) -> Day {
        Day(NaiveDate::from_ymd_opt(year.clamp(1800, 2200), 1, 1).unwrap_or_default())
    }

    /// The last day of a year.
    pub fn last_of(year: i32) -> Day {
        Day(NaiveDate::from_ymd_opt(year.clamp(1800, 2200), 12, 31).unwrap_or_default())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month as it stands in figures: `2026-03`.
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }

    /// The first day of its month.
    #[must_use]
    pub fn month_first(self) -> Day {
        Day(self.0.with_day(1).unwrap_or(self.0))
    }

    /// The last day of its month.
    #[must_use]
    pub fn month_last(self) -> Day {
        let next = self.0.with_day(1).and_then(|d| d.checked_add_months(chrono::Months::new(1)));
        Day(next.and_then(|d| d.pred_opt()).unwrap_or(self.0))
    }

    /// So many days later, or earlier when negative; stays where the calendar ends.
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        let moved = chrono::TimeDelta::try_days(days).and_then(|d| self.0.checked_add_signed(d));
        Day(moved.unwrap_or(self.0))
    }

    /// Days from this one to a later one; negative when it is earlier.
    pub fn until(self, later: Day) -> i64 {
        later.0.signed_duration_since(self.0).num_days()
    }

    /// The ten characters.
    pub fn code(self) -> String {
        self.to_string()
    }
}

impl Moment {
    /// The day in China.
    pub fn day(self) -> Day {
        let (year, month, day, ..) = self.china();
        Day::new(year, month, day).unwrap_or(Day::first_of(year))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let wrong = || NotADay(text.chars().take(20).collect());
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let mut parts = text.split('-');
        let mut next = |digits: usize| parts.next().filter(|p| plain && p.len() == digits)?.parse::<u32>().ok();
        let (year, month, day) = (next(4), next(2), next(2));
        let known = year.zip(month).zip(day).and_then(|((y, m), d)| Day::new(i32::try_from(y).ok()?, m, d));
        known.ok_or_else(wrong)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

crate::coded_column!(Day);

//! A moment in time: milliseconds since 1970, UTC; shown in China Standard Time (+08:00, no summer time).

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z. Stored as a 64-bit integer, so both databases sort it alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

const CHINA_MS: i64 = 8 * 3_600_000;

impl Moment {
    /// From milliseconds since 1970, UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Moment(millis)
    }

    /// Milliseconds since 1970, UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Midnight in China at the beginning of a day; months from 1. `None` when there is no such day.
    pub fn from_china_date(year: i32, month: u32, day: u32) -> Option<Self> {
        let midnight = NaiveDate::from_ymd_opt(year, month, day)?.and_time(NaiveTime::MIN).and_utc();
        Some(Moment(midnight.timestamp_millis() - CHINA_MS))
    }

    /// This moment and so many seconds.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Moment(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// This moment and so many days.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days * 86_400)
    }

    /// Whole seconds from `earlier` to here; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Moment) -> i64 {
        (self.0 - earlier.0) / 1000
    }

    /// Year, month, day, hour, minute, second in China.
    pub fn china(self) -> (i32, u32, u32, u32, u32, u32) {
        // Beyond the calendar (some 260,000 years) there is nothing to show.
        let local = DateTime::from_timestamp_millis(self.0.saturating_add(CHINA_MS)).unwrap_or_default();
        (local.year(), local.month(), local.day(), local.hour(), local.minute(), local.second())
    }

    /// `2026-11-21` in China.
    pub fn date(self) -> String {
        let (y, m, d, ..) = self.china();
        format!("{y:04}-{m:02}-{d:02}")
    }

    /// `2026-11-21 18:05` in China: what pages show.
    pub fn minute(self) -> String {
        let (y, m, d, h, min, _) = self.china();
        format!("{y:04}-{m:02}-{d:02} {h:02}:{min:02}")
    }

    /// `2026-11-21T18:05:09.123+08:00`: what the interface and the attributes of `<time>` carry.
    pub fn iso(self) -> String {
        let (y, m, d, h, min, s) = self.china();
        format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}.{:03}+08:00", self.0.rem_euclid(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_in_china() {
        let at = Moment::from_millis(1_795_255_509_123);
        assert_eq!(at.iso(), "2026-11-21T18:05:09.123+08:00");
        assert_eq!(at.minute(), "2026-11-21 18:05");
    }

    #[test]
    fn dates_go_there_and_back() {
        for (y, m, d) in [(1970, 1, 1), (2000, 2, 29), (2023, 12, 31), (2024, 2, 29), (2026, 11, 21)] {
            let at = Moment::from_china_date(y, m, d).unwrap();
            assert_eq!(at.china(), (y, m, d, 0, 0, 0));
        }
        assert_eq!(Moment::from_china_date(2023, 2, 29), None);
        assert_eq!(Moment::from_china_date(2023, 13, 1), None);
    }
}

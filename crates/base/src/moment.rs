//! A moment in time: milliseconds since 1970, UTC; shown in China Standard Time (+08:00, no summer time).

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z. Stored as a 64-bit integer, so both databases sort it alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

const DAY_MS: i64 = 86_400_000;
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
        if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
            return None;
        }
        Some(Moment(days_from_civil(year, month, day) * DAY_MS - CHINA_MS))
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
        let local = self.0 + CHINA_MS;
        let (year, month, day) = civil_from_days(local.div_euclid(DAY_MS));
        let second = u32::try_from(local.rem_euclid(DAY_MS) / 1000).unwrap_or(0);
        (year, month, day, second / 3600, second / 60 % 60, second % 60)
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

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i32, month: u32, day: u32) -> i64 {
    let y = i64::from(year) - i64::from(month <= 2);
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i32, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or(i32::MAX), u32::try_from(month).unwrap_or(1), u32::try_from(day).unwrap_or(1))
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

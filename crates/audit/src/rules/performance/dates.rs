//! Days as forms write them: `2021年12月30日前`, `12月底前`, `2020年底前`.

/// A day; without a year it may be any year's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) year: Option<u16>,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Day {
    /// Whether the calendar has such a day. Without a year February has 29.
    pub(super) fn exists(&self) -> bool {
        let leap = self.year.is_none_or(|y| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400)));
        let last = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=last).contains(&self.day)
    }
}

/// The day whose 月 stands at byte `at`, read from the digits around it, and the byte where it begins. A month without
/// a day means its end.
pub(super) fn day_at(text: &str, at: usize) -> Option<(Day, usize)> {
    let month_start = digits_before(text, at);
    let month: u8 = text[month_start..at].parse().ok()?;
    let (mut start, mut year) = (month_start, None);
    if let Some(head) = text[..month_start].strip_suffix('年') {
        let year_start = digits_before(text, head.len());
        if let Ok(y) = text[year_start..head.len()].parse::<u16>() {
            (start, year) = (year_start, (1990..2100).contains(&y).then_some(y));
        }
    }
    let after = &text[at + '月'.len_utf8()..];
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let day = if digits == 0 { last_day(year, month) } else { after[..digits].parse().ok()? };
    Some((Day { year, month, day }, start))
}

fn digits_before(text: &str, at: usize) -> usize {
    at - text[..at].bytes().rev().take_while(u8::is_ascii_digit).count()
}

fn last_day(year: Option<u16>, month: u8) -> u8 {
    (28..=31).rev().find(|day| Day { year, month, day: *day }.exists()).unwrap_or(31)
}

/// Every day that a text names. Periods (1—12月, 1月至12月) give several or none.
pub(super) fn days(text: &str) -> Vec<Day> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('月') {
        let after = &text[at + '月'.len_utf8()..];
        let start = digits_before(text, at);
        if text[..start].ends_with(['-', '—', '~', '至', '到', '–'])
            || after.starts_with(['-', '—', '~', '至', '到', '–'])
        {
            return Vec::new();
        }
        // Before a month (6月前) means before it begins for some, before it ends for others: the kinder reading holds.
        found.extend(day_at(text, at).map(|d| d.0));
    }
    if found.is_empty() {
        for (at, _) in text.match_indices('年') {
            let start = digits_before(text, at);
            let closing = ["年底", "年末", "年年底", "年年末"].iter().any(|w| text[at..].starts_with(w));
            if let Some(year) = text[start..at].parse().ok().filter(|_| closing) {
                found.push(Day { year: Some(year), month: 12, day: 31 });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Day, days};

    #[test]
    fn days_as_forms_write_them() {
        let day = |year, month, day| Day { year, month, day };
        assert_eq!(days("2021年12月30日前"), [day(Some(2021), 12, 30)]);
        assert_eq!(days("12月底前"), [day(None, 12, 31)]);
        assert_eq!(days("2020年底前"), [day(Some(2020), 12, 31)]);
        assert_eq!(days("2023年2月前"), [day(Some(2023), 2, 28)]);
        assert!(!day(Some(2022), 11, 31).exists());
        assert!(days("3个月").is_empty());
        assert!(days("2021年1月至12月").is_empty());
    }
}

//! The forecast for the end of the year (全年预计), with a range that says how little is known.
//!
//! **Method.** What adds up through the year is continued in every way that the months speak for:
//! 1. the pace of this year goes on: `actual × 12 / month`;
//! 2. the rest of the year brings what last year's rest brought: `actual + (last year − last year by this month)`;
//! 3. the year has last year's shape: `actual × last year / last year by this month`;
//! 4. every month to come is like the best, and like the worst, run of three months of this year (of its single months before March).
//!
//! The forecast is the median of 1–3; the range goes from the lowest to the highest of 1–4, and never under what is reached already. A
//! percentage does not add up: its forecast is its present value, its range that of the months seen. In December there is nothing left to
//! forecast. The range is no confidence interval: it shows what the past months bear out, and is wide when they differ.

use keqiao_quantity::Decimal;
use serde::Serialize;

/// What the year may end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// The lowest that the months bear out.
    pub low: Decimal,
    /// The middle.
    pub middle: Decimal,
    /// The highest.
    pub high: Decimal,
}

/// Of what adds up: `this_year` holds what each month so far brought (January first), `last_year` all twelve of the year before, or none.
/// Nothing before January ends.
pub fn adding(this_year: &[Decimal], last_year: Option<&[Decimal; 12]>) -> Option<Forecast> {
    let month = this_year.len();
    if month == 0 || month > 12 {
        return None;
    }
    let actual: Decimal = this_year.iter().sum();
    let left = Decimal::from(12 - month);
    if left.is_zero() {
        return Some(Forecast { low: actual, middle: actual, high: actual });
    }
    let mut ways = vec![actual * Decimal::from(12) / Decimal::from(month)];
    if let Some(last) = last_year {
        let whole: Decimal = last.iter().sum();
        let then: Decimal = last[..month].iter().sum();
        ways.push(actual + whole - then);
        if then > Decimal::ZERO && whole > Decimal::ZERO {
            ways.push(actual * whole / then);
        }
    }
    ways.sort_unstable();
    let middle = median(&ways).max(actual);
    let run = if month < 3 { 1 } else { 3 };
    let paces = this_year.windows(run).map(|w| w.iter().sum::<Decimal>() / Decimal::from(run));
    ways.extend(paces.map(|p| actual + p * left));
    let low = ways.iter().copied().fold(middle, Decimal::min).max(actual);
    let high = ways.into_iter().fold(middle, Decimal::max);
    Some(Forecast { low, middle, high })
}

/// Of a percentage: `months` holds its value as of the end of each month so far, those without an answer left out.
pub fn level(months: &[Decimal]) -> Option<Forecast> {
    let middle = *months.last()?;
    let low = months.iter().copied().fold(middle, Decimal::min);
    let high = months.iter().copied().fold(middle, Decimal::max);
    Some(Forecast { low, middle, high })
}

/// Of a sorted, not empty list.
fn median(sorted: &[Decimal]) -> Decimal {
    let half = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => sorted[half],
        _ => (sorted[half - 1] + sorted[half]) / Decimal::TWO,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn months(values: &[i64]) -> Vec<Decimal> {
        values.iter().map(|v| Decimal::from(*v)).collect()
    }

    #[test]
    fn without_last_year_the_pace_goes_on() {
        let f = adding(&months(&[10, 10, 10, 10, 10, 10]), None).unwrap();
        assert_eq!((f.low, f.middle, f.high), (120.into(), 120.into(), 120.into()));
    }

    #[test]
    fn last_years_autumn_counts() {
        // Last year half of it came in the last quarter; this year is as far by June as last year was.
        let last: [Decimal; 12] = months(&[5, 5, 5, 5, 5, 5, 5, 5, 10, 20, 20, 10]).try_into().unwrap();
        let f = adding(&months(&[5, 5, 5, 5, 5, 5]), Some(&last)).unwrap();
        assert_eq!(f.middle, 100.into());
        assert_eq!((f.low, f.high), (60.into(), 100.into()));
    }

    #[test]
    fn uneven_months_widen_the_range() {
        let f = adding(&months(&[0, 0, 0, 30, 30, 30]), None).unwrap();
        assert_eq!((f.low, f.middle, f.high), (90.into(), 180.into(), 270.into()));
        assert_eq!(adding(&[], None), None);
        assert_eq!(
            level(&months(&[90, 96, 93])),
            Some(Forecast { low: 90.into(), middle: 93.into(), high: 96.into() })
        );
    }

    proptest! {
        #[test]
        fn the_range_holds_the_middle_and_what_is_reached(
            this in prop::collection::vec(0i64..100_000, 1..=12),
            last in prop::option::of(prop::array::uniform12(0i64..100_000)),
        ) {
            let last = last.map(|l| l.map(Decimal::from));
            let f = adding(&months(&this), last.as_ref()).unwrap();
            let actual: Decimal = this.iter().map(|v| Decimal::from(*v)).sum();
            prop_assert!(actual <= f.low && f.low <= f.middle && f.middle <= f.high);
        }
    }
}

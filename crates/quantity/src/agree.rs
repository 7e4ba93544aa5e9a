//! Can these printed numbers agree? Every answer is by intervals: what rounding explains is never a contradiction
//! (`rules` 3.1, 3.2: `docs/rules-basis.md`).

use rust_decimal::Decimal;

use crate::{Interval, Printed};

/// Whether some part and whole within their rounding give a percent within its own. A whole that may be zero agrees
/// with nothing but a part that may be zero.
pub fn share_agrees(part: Printed, whole: Printed, percent: Printed) -> bool {
    quotient_agrees(part.interval(), whole.interval(), percent.interval())
}

/// Whether `part ÷ whole × 100` can lie in `percent`, by cross-multiplication, so that nothing is divided.
pub(crate) fn quotient_agrees(part: Interval, whole: Interval, percent: Interval) -> bool {
    let hundred = Decimal::ONE_HUNDRED;
    let low_whole = whole.low.max(Decimal::ZERO);
    if whole.high <= Decimal::ZERO {
        return part.holds(Decimal::ZERO);
    }
    let mul = |a: Decimal, b: Decimal| a.saturating_mul(b);
    // The least quotient: smallest part over the whole that makes it smallest, and the other way round.
    let least_ok = {
        let whole = if part.low >= Decimal::ZERO { whole.high } else { low_whole };
        mul(part.low, hundred) <= mul(percent.high, whole)
    };
    let most_ok = {
        let whole = if part.high >= Decimal::ZERO { low_whole } else { whole.high };
        mul(part.high, hundred) >= mul(percent.low, whole)
    };
    least_ok && most_ok
}

/// Whether a growth of `percent` fits a change `delta` on a base of `current ∓ delta` (or a printed base).
/// `delta` and `percent` are printed without sign; `up` is the direction.
pub fn growth_agrees(current: Printed, base: Option<Printed>, delta: Printed, up: bool, percent: Printed) -> bool {
    let derived = if up { current.interval() - delta.interval() } else { current.interval() + delta.interval() };
    let by_delta = quotient_agrees(delta.interval(), derived, percent.interval());
    let by_base = base.is_some_and(|b| quotient_agrees(delta.interval(), b.interval(), percent.interval()));
    by_delta || by_base
}

/// Whether `current = base ± delta` within rounding.
pub fn change_agrees(current: Printed, base: Printed, delta: Printed, up: bool) -> bool {
    let made = if up { base.interval() + delta.interval() } else { base.interval() - delta.interval() };
    made.meets(current.interval())
}

/// The quotient in percent, rounded half up to `decimals`; `None` for a whole of zero.
pub fn quotient_percent(part: Printed, whole: Printed, decimals: u32) -> Option<Printed> {
    let q = part.value().checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value())?;
    Some(Printed::round(q, decimals))
}

/// How a stated sum stands to its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumGap {
    /// Equal to the last digit.
    None,
    /// Different, but rounding of the operands explains it.
    Rounding(Decimal),
    /// Different beyond rounding; stated minus computed.
    Beyond(Decimal),
}

/// Compares a stated sum with its parts: zero, within `(n + 1)` half units, or beyond (`rules` 3.1).
pub fn sum_gap(stated: Printed, parts: impl IntoIterator<Item = Printed>) -> (Decimal, SumGap) {
    let (mut sum, mut slack) = (Decimal::ZERO, stated.half_unit());
    for p in parts {
        sum = sum.saturating_add(p.value());
        slack += p.half_unit();
    }
    let gap = stated.value().saturating_sub(sum);
    let kind = if gap.is_zero() {
        SumGap::None
    } else if gap.abs() <= slack {
        SumGap::Rounding(gap)
    } else {
        SumGap::Beyond(gap)
    };
    (sum, kind)
}

#[cfg(test)]
mod tests {
    use super::{SumGap, growth_agrees, share_agrees, sum_gap};
    use crate::Printed;

    fn p(s: &str) -> Printed {
        Printed::parse(s).expect("a number")
    }

    /// The validation set of `rules` 3.3: nine percentages that are wrong, fifteen that can be defended.
    #[test]
    fn real_percentages_are_judged_as_by_hand() {
        for (part, whole, percent) in [
            ("9.74", "10.35", "100"),
            ("661.64", "661.66", "99.99"),
            ("0.02", "661.66", "0.01"),
            ("141.65", "161.94", "87.4"),
            ("0.48", "0.48", "75"),
            ("0.84", "163.68", "0"),
            ("500.12", "472.9", "27.22"),
        ] {
            assert!(!share_agrees(p(part), p(whole), p(percent)), "{part}/{whole} {percent}");
        }
        assert!(!growth_agrees(p("14.42"), None, p("10.14"), true, p("209.50")));
        assert!(!growth_agrees(p("519.07"), None, p("32.19"), true, p("6.76")));
        assert!(growth_agrees(p("0.48"), None, p("0.23"), true, p("93")));
        assert!(growth_agrees(p("16.27"), None, p("6.98"), true, p("75")));
        assert!(growth_agrees(p("0.56"), None, p("0.03"), true, p("5.66")));
        assert!(growth_agrees(p("73.95"), None, p("17.83"), false, p("19.43")));
        assert!(share_agrees(p("633.33"), p("661.64"), p("95.72")));
        assert!(share_agrees(p("38.3"), p("161.94"), p("24")));
    }

    #[test]
    fn sums_within_rounding_are_no_contradiction() {
        let (_, gap) = sum_gap(p("633.35"), [p("482.02"), p("151.34")]);
        assert!(matches!(gap, SumGap::Rounding(_)));
        let (_, gap) = sum_gap(p("633.35"), [p("482.02"), p("151.44")]);
        assert!(matches!(gap, SumGap::Beyond(_)));
    }
}

//! Rounding never makes a finding: numbers printed from one truth always agree. And scanning takes any text.

use keqiao_quantity::{
    Decimal, Printed, SumGap, change_agrees, growth_agrees, parse_numeral, quotient_percent, scan, share_agrees,
    sum_gap,
};
use proptest::prelude::*;

/// An exact amount in 万元 with four decimals: whole yuan.
fn yuan(n: i64) -> Decimal {
    Decimal::new(n, 4)
}

fn printed(value: Decimal) -> Printed {
    Printed::round(value, 2)
}

proptest! {
    #[test]
    fn a_share_printed_from_the_truth_agrees(part in 0i64..50_000_000, rest in 1i64..50_000_000, decimals in 0u32..3) {
        let (a, b) = (yuan(part), yuan(part + rest));
        let percent = Printed::round(a * Decimal::ONE_HUNDRED / b, decimals);
        prop_assert!(share_agrees(printed(a), printed(b), percent));
    }

    #[test]
    fn a_growth_printed_from_the_truth_agrees(now in 1i64..50_000_000, then in 1i64..50_000_000, decimals in 0u32..3) {
        let (c, b) = (yuan(now), yuan(then));
        let up = c >= b;
        let delta = (c - b).abs();
        let percent = Printed::round(delta * Decimal::ONE_HUNDRED / b, decimals);
        prop_assert!(growth_agrees(printed(c), None, printed(delta), up, percent));
        prop_assert!(growth_agrees(printed(c), Some(printed(b)), printed(delta), up, percent));
        prop_assert!(change_agrees(printed(c), printed(b), printed(delta), up));
    }

    #[test]
    fn a_sum_printed_from_the_truth_is_at_most_rounding(parts in prop::collection::vec(0i64..5_000_000, 1..12)) {
        let sum = printed(yuan(parts.iter().sum()));
        let (_, gap) = sum_gap(sum, parts.iter().map(|p| printed(yuan(*p))));
        prop_assert!(!matches!(gap, SumGap::Beyond(_)));
    }

    #[test]
    fn a_sum_that_is_far_off_is_seen(parts in prop::collection::vec(0i64..5_000_000, 1..12), off in 2_000i64..9_000_000) {
        let sum = printed(yuan(parts.iter().sum::<i64>() + off));
        let (_, gap) = sum_gap(sum, parts.iter().map(|p| printed(yuan(*p))));
        prop_assert!(matches!(gap, SumGap::Beyond(_)));
    }

    #[test]
    fn the_percent_that_is_proposed_agrees_with_its_operands(a in 0i64..5_000_000, b in 1i64..5_000_000) {
        let (a, b) = (Printed::from_decimal(Decimal::new(a, 2)), Printed::from_decimal(Decimal::new(b, 2)));
        if let Some(right) = quotient_percent(a, b, 2) {
            prop_assert!(share_agrees(a, b, right));
        }
    }

    #[test]
    fn printing_and_reading_is_the_identity(mantissa in -1_000_000_000_000i64..1_000_000_000_000, scale in 0u32..6) {
        let number = Printed::from_decimal(Decimal::new(mantissa, scale));
        prop_assert_eq!(Printed::parse(&number.to_string()), Some(number));
    }

    #[test]
    fn scanning_takes_any_text(text in "[0-9０-９.,，一二三十百千万亿两元%％个人次年月日至到~—（）()余多约≥ \\n\\tA-z]{0,80}") {
        for number in scan(&text) {
            prop_assert!(text.get(number.range.clone()).is_some());
            prop_assert!(text.get(number.digits.clone()).is_some());
        }
    }

    #[test]
    fn numerals_take_any_text(text in "\\PC{0,20}") {
        let _ = parse_numeral(&text);
    }
}

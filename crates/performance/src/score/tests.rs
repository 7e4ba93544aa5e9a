//! Properties of the scores; the worked numbers are the specs.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use proptest::prelude::*;

use super::*;

fn points() -> impl Strategy<Value = Decimal> {
    (1i64..=10_000).prop_map(|w| Decimal::new(w, 2))
}

fn value() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-1_000_000i64..10_000_000).prop_map(|v| Decimal::new(v, 4)),
        (-50i64..500).prop_map(Decimal::from),
        (0i64..i64::MAX).prop_map(|v| Decimal::new(v, 4)),
    ]
}

fn satisfactions() -> impl Strategy<Value = SatisfactionWay> {
    let bands = [(90, 100), (80, 80), (60, 50)];
    let bands = bands
        .iter()
        .map(|(from, percent)| Step { from: Decimal::from(*from), percent: Decimal::from(*percent) })
        .collect();
    let steps = SatisfactionWay::Steps { full_from: 90.into(), step: 5.into(), loses: 10.into() };
    prop::sample::select(vec![SatisfactionWay::AgainstTarget, steps, SatisfactionWay::Bands(bands)])
}

proptest! {
    #[test]
    fn every_score_lies_between_nothing_and_its_weight(w in points(), t in value(), a in value(), s in satisfactions()) {
        let range = Range::new(t, t.saturating_add(Decimal::TEN)).map(|r| ranged(w, r, a));
        let over = OverRule { percent: 130.into(), from_zero: 30.into(), blocks: false, cuts: true };
        let all = [
            Some(positive(w, t, a)), Some(equal(w, t, a)), range, over.cut(w, t, a), Some(satisfaction(&s, w, t, a)),
            Some(reverse(ReverseWay::Ratio, w, t, a)), Some(reverse(ReverseWay::Linear, w, t, a)),
        ];
        for score in all.into_iter().flatten() {
            prop_assert!(score.points() >= Decimal::ZERO && score.points() <= w, "{score:?}");
            prop_assert!(score.agrees(score.points()));
        }
    }

    #[test]
    fn more_never_scores_less_where_more_is_better(w in points(), t in value(), a in value(), more in 0i64..1_000_000, s in satisfactions()) {
        let b = a.saturating_add(Decimal::new(more, 4));
        prop_assert!(positive(w, t, a).points() <= positive(w, t, b).points());
        prop_assert!(satisfaction(&s, w, t, a).points() <= satisfaction(&s, w, t, b).points());
        if !t.is_zero() {
            prop_assert!(equal(w, t, a).points() <= equal(w, t, b).points());
        }
    }

    #[test]
    fn more_never_scores_more_where_less_is_better(w in points(), t in value(), a in value(), more in 0i64..1_000_000) {
        let b = a.saturating_add(Decimal::new(more, 4));
        for way in ReverseWay::ALL {
            prop_assert!(reverse(*way, w, t, a).points() >= reverse(*way, w, t, b).points());
        }
        let over = OverRule { percent: 130.into(), from_zero: 30.into(), blocks: false, cuts: true };
        if let (Some(less), Some(more)) = (over.cut(w, t, a), over.cut(w, t, b)) {
            prop_assert!(less.points() >= more.points());
        }
    }

    #[test]
    fn execution_grows_with_what_is_spent(w in points(), budget in 0i64..9_000_000_000_000, spent in 0i64..9_000_000_000_000, more in 0i64..1_000_000) {
        for profile in Profile::all() {
            let way = &profile.execution.value;
            let less = execution(way, w, Fen::new(budget), Fen::new(spent));
            let most = execution(way, w, Fen::new(budget), Fen::new(spent + more));
            prop_assert!(less.score.points() <= most.score.points() && most.score.points() <= w);
            prop_assert_eq!(less.no_budget, budget == 0);
        }
    }

    #[test]
    fn every_total_has_one_band(hundredths in 0i64..=10_000) {
        let total = Decimal::new(hundredths, 2);
        for profile in Profile::all() {
            let bands = &profile.bands.value;
            let word = band(bands, total).map(|b| b.word.clone());
            let holding: Vec<_> = bands.iter().enumerate().filter(|(at, b)| {
                total >= b.from && (*at == 0 || bands.get(at - 1).is_some_and(|above| total < above.from))
            }).map(|(_, b)| b.word.clone()).collect();
            prop_assert_eq!(holding, word.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_total_is_the_sum_of_what_is_printed(scores in prop::collection::vec(0i64..2_000, 1..30)) {
        let printed: Vec<Decimal> = scores.iter().map(|s| Decimal::new(*s, 2)).collect();
        let sum = total(printed.clone());
        prop_assert_eq!(sum, Decimal::new(scores.iter().sum(), 2));
        prop_assert!(total_agrees(sum + Decimal::new(1, 2), printed.clone()));
        prop_assert!(!total_agrees(sum + Decimal::new(2, 2), printed));
    }
}

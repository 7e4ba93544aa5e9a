//! Allocation: worked numbers and properties.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use proptest::prelude::*;

use super::*;

fn factor(name: &str, weight: &str) -> Factor {
    let weight = Some(weight.parse().unwrap());
    Factor { group: "因素".into(), zh: name.into(), en: name.into(), unit: "分".into(), weight, equal: false }
}

fn body(name: &str, values: &[i64]) -> Body {
    Body { name: name.into(), values: values.iter().map(|v| Some(Decimal::from(*v))).collect() }
}

fn amounts(sharing: &Sharing) -> Vec<i64> {
    allocate(sharing).unwrap().iter().map(|r| r.amount.get()).collect()
}

#[test]
fn three_counties_share_by_two_factors() {
    let sharing = Sharing {
        pool: Fen::new(10_000_000),
        factors: vec![factor("常住人口", "60"), factor("农技协", "40")],
        bodies: vec![body("甲县", &[30, 2]), body("乙县", &[20, 1]), body("丙县", &[10, 0])],
        keep_percent: None,
    };
    // 甲 60×30/60 + 40×2/3 = 56.666…; 乙 20 + 13.333…; 丙 10.
    assert_eq!(amounts(&sharing), [5_666_667, 3_333_333, 1_000_000]);
    let rows = allocate(&sharing).unwrap();
    assert_eq!(rows[0].parts[0], Part { value: 30.into(), of: 60.into(), percent: 30.into() });
    assert_eq!(rows.iter().map(|r| r.rank).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn the_base_of_yunnan_is_what_the_others_leave_in_equal_parts() {
    let factors = FactorSet::named("yunnan").unwrap().factors.clone();
    let values = |k: i64| vec![Some(k.into()), Some(k.into()), Some(k.into()), None];
    let bodies = (1..=3).map(|k| Body { name: format!("县{k}"), values: values(k - 1) }).collect();
    let sharing = Sharing { pool: Fen::new(100_000_000), factors, bodies, keep_percent: None };
    // The first has no points: it gets a third of 6.48 %, which is all that the other three factors leave.
    assert_eq!(amounts(&sharing), [2_160_000, 33_333_333, 64_506_667]);
}

#[test]
fn the_top_of_zhejiang_is_subsidised_and_ties_stay_in() {
    let mut sharing = Sharing {
        pool: Fen::new(900),
        factors: vec![factor("得分", "100")],
        bodies: vec![body("a", &[50]), body("b", &[40]), body("c", &[30]), body("d", &[20]), body("e", &[10])],
        keep_percent: Some(60.into()),
    };
    assert_eq!(amounts(&sharing), [375, 300, 225, 0, 0]);
    sharing.bodies[3] = body("d", &[30]);
    assert_eq!(allocate(&sharing).unwrap().iter().filter(|r| r.kept).count(), 4);
}

#[test]
fn what_is_missing_or_wrong_is_named_all_at_once() {
    let mut sharing = Sharing {
        pool: Fen::new(-1),
        factors: vec![factor("人口", "60"), factor("社区", "30")],
        bodies: vec![body("甲", &[1]), body("甲", &[1, -2])],
        keep_percent: None,
    };
    let codes = |q: &Sharing| -> Vec<&str> { allocate(q).unwrap_err().iter().map(|o| o.code).collect() };
    assert_eq!(codes(&sharing), ["allocation.pool", "allocation.twice", "allocation.missing", "allocation.negative"]);
    sharing.pool = Fen::new(1);
    sharing.bodies = vec![body("甲", &[1, 0]), body("乙", &[1, 0])];
    assert_eq!(codes(&sharing), ["allocation.weights"]);
    sharing.factors[1].weight = Some(40.into());
    assert_eq!(codes(&sharing), ["allocation.nobody"]);
    sharing.factors[1].weight = None;
    assert_eq!(codes(&sharing), ["allocation.weight"]);
}

fn sharings() -> impl Strategy<Value = Sharing> {
    (1usize..6, 1usize..40).prop_flat_map(|(factors, bodies)| {
        let weights = prop::collection::vec(1u32..1000, factors);
        let values = prop::collection::vec(prop::collection::vec(1i64..5_000_000, factors), bodies);
        (0i64..9_000_000_000_000, weights, values).prop_map(|(pool, weights, values)| {
            let shares: Vec<Decimal> = weights.iter().map(|w| Decimal::from(*w)).collect();
            let weights = largest_remainder(10_000, &shares).unwrap();
            let factors = weights.iter().map(|w| factor("因素", &format!("{}.{:02}", w / 100, w % 100)));
            let bodies = values.iter().enumerate().map(|(at, v)| body(&at.to_string(), v));
            Sharing { pool: Fen::new(pool), factors: factors.collect(), bodies: bodies.collect(), keep_percent: None }
        })
    })
}

proptest! {
    #[test]
    fn any_allocation_is_the_pool_to_the_fen(sharing in sharings(), keep in prop::option::of(1u32..=100)) {
        prop_assume!(sharing.factors.iter().all(|f| f.weight.unwrap() > Decimal::ZERO));
        let sharing = Sharing { keep_percent: keep.map(Decimal::from), ..sharing };
        let rows = allocate(&sharing).unwrap();
        prop_assert_eq!(rows.iter().map(|r| r.amount).sum::<Fen>(), sharing.pool);
        prop_assert!(rows.iter().all(|r| r.amount >= Fen::ZERO && (r.kept || r.amount.is_zero())));
    }

    #[test]
    fn more_of_a_factor_never_brings_less(sharing in sharings(), which in any::<prop::sample::Index>(), more in 1i64..1_000_000) {
        prop_assume!(sharing.factors.iter().all(|f| f.weight.unwrap() > Decimal::ZERO));
        let at = which.index(sharing.bodies.len());
        let before = amounts(&sharing)[at];
        let mut grown = sharing;
        let value = grown.bodies[at].values[0].as_mut().unwrap();
        *value += Decimal::from(more);
        prop_assert!(amounts(&grown)[at] >= before);
    }
}

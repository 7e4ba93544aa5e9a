//! Whatever stands in the ledger: derived tables cross-foot, and rounding with a plug adds up exactly.

#![expect(clippy::unwrap_used, reason = "tests")]

use keqiao_accounts::checks::{Verdict, run_all};
use keqiao_accounts::published::Published;
use keqiao_accounts::rounding::{apportion, plugged, to_wan};
use keqiao_accounts::{
    Assets, Books, Carried, Fund, Procurement, Received, RevenueKind, SpendingKind, Spent, TableKind, UnitKind,
    VehicleKind, tables,
};
use keqiao_base::Fen;
use proptest::prelude::*;

const FUNCTIONS: [&str; 7] = ["2060101", "2060702", "2060799", "2080505", "2101101", "2210201", "2296003"];
const ECONOMICS: [&str; 9] = ["30101", "30102", "30201", "30217", "30231", "30212", "30305", "31002", "31013"];

fn amount() -> impl Strategy<Value = Fen> {
    prop_oneof![4 => 0i64..900_000_000, 1 => -5_000_000i64..0].prop_map(Fen::new)
}

fn function() -> impl Strategy<Value = String> {
    prop::sample::select(&FUNCTIONS[..]).prop_map(str::to_owned)
}

fn fund() -> impl Strategy<Value = Fund> {
    prop::sample::select(Fund::ALL)
}

fn spent() -> impl Strategy<Value = Spent> {
    let kind = prop::sample::select(SpendingKind::ALL);
    (function(), prop::sample::select(&ECONOMICS[..]), fund(), kind, amount()).prop_map(
        |(function, economic, fund, kind, amount)| Spent {
            function,
            economic: economic.to_owned(),
            fund,
            kind,
            project: if kind == SpendingKind::Project { "P1".to_owned() } else { String::new() },
            amount,
        },
    )
}

fn received() -> impl Strategy<Value = Received> {
    (prop::sample::select(RevenueKind::ALL), prop::sample::select(&Fund::FISCAL[..]), function(), amount()).prop_map(
        |(kind, fund, function, amount)| {
            let fund = if kind == RevenueKind::Fiscal { fund } else { Fund::Other };
            Received { kind, fund, function, amount }
        },
    )
}

fn carried() -> impl Strategy<Value = Carried> {
    (fund(), function(), amount()).prop_map(|(fund, function, amount)| Carried { fund, function, amount })
}

prop_compose! {
    fn books()(
        opening in prop::collection::vec(carried(), 0..6),
        received in prop::collection::vec(received(), 0..20),
        spent in prop::collection::vec(spent(), 0..60),
        surplus in amount(), distributed in amount(), last in amount(), cars in 0i64..4,
    ) -> Books {
        let mut books = Books {
            year: 2024, opening, received, spent, surplus_used: surplus, distributed,
            units: vec![UnitKind::Administrative], ..Books::default()
        };
        books.last_closing = Some(last);
        books.adjusted = books.opening(None) - last;
        books.office_cost = tables::one(&books, TableKind::GeneralBasic).at("public", "amount").unwrap();
        books.procurement = Procurement { goods: Fen::new(3), works: Fen::new(2), services: Fen::new(1), sme: Fen::new(4), micro: Fen::new(1) };
        books.assets = Assets { vehicles: vec![(VehicleKind::Special, cars), (VehicleKind::Other, 1)], ..Assets::default() };
        books.three_public.vehicles = cars;
        books
    }
}

/// CK-18 compares one side with negative corrections of the other; it holds by construction only while nothing is negative.
fn must_hold(books: &Books) -> bool {
    books.spent.iter().all(|s| s.amount >= Fen::ZERO)
}

fn assert_checks(books: &Books) {
    for result in run_all(&Published::of(books)) {
        if result.check == keqiao_accounts::checks::Check::Ck18 && !must_hold(books) {
            continue;
        }
        if result.check == keqiao_accounts::checks::Check::Ck21 && !must_hold(books) {
            continue;
        }
        assert!(
            matches!(result.verdict, Verdict::Pass | Verdict::NotApplicable),
            "{}: {:?} {:?}",
            result.check,
            result.verdict,
            result.gaps.iter().map(|g| g.message(keqiao_accounts::Grain::Fen).en).collect::<Vec<_>>()
        );
    }
}

proptest! {
    #[test]
    fn derived_tables_cross_foot_for_any_ledger(books in books()) {
        assert_checks(&books);
    }

    #[test]
    fn plugged_tables_add_up_exactly_in_wan(books in books()) {
        let (rounded, list) = plugged(&books);
        for table in tables::derive(&rounded) {
            for cell in table.rows.iter().flat_map(|r| &r.cells).flatten() {
                prop_assert_eq!(to_wan(*cell), *cell);
            }
        }
        prop_assert_eq!(rounded.spent(None), to_wan(books.spent(None)));
        prop_assert_eq!(rounded.received(None), to_wan(books.received(None)));
        prop_assert_eq!(rounded.opening(None), to_wan(books.opening(None)));
        for p in &list {
            prop_assert_eq!(to_wan(p.printed), p.printed);
        }
        // Rounding moves parts of a cent about; it never changes what is within bounds of what, so only equalities are asserted.
        for result in run_all(&Published::of(&rounded)) {
            let bound = result.gaps.iter().all(|g| g.bound);
            prop_assert!(bound, "{} {:?}", result.check, result.gaps);
        }
    }

    #[test]
    fn parts_add_up_to_what_was_to_be_shared(mut parts in prop::collection::vec(amount(), 1..40)) {
        let exact: Fen = parts.iter().copied().sum();
        let target = to_wan(exact);
        let before = parts.clone();
        let took = apportion(target, &mut parts);
        prop_assert_eq!(parts.iter().copied().sum::<Fen>(), target);
        for (i, (b, p)) in before.iter().zip(&parts).enumerate() {
            prop_assert!(took == Some(i) || to_wan(*b) == *p);
        }
    }
}

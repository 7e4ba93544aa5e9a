//! What a unit of the demo states beside its ledger, so that its year balances.

use keqiao_accounts::{
    Assets, Balance, Books, Carried, Fund, Headcount, Procurement, Received, RevenueKind, SpendingKind, Spent,
    ThreePublic, VehicleKind,
};
use keqiao_app::AppResult;
use keqiao_base::Fen;
use keqiao_store::money::StatementKind;

use super::{Payment, UNITS, sums};

/// What a unit states beside its ledger.
pub(super) struct Stated {
    pub(super) books: Books,
    headcount: Headcount,
    three_public: ThreePublic,
}

impl Stated {
    pub(super) fn of(unit: usize, year: i32, payments: &[Payment], opening: Vec<Carried>) -> Stated {
        let own = |p: &&Payment| p.unit == unit;
        let mut books = Books { year, opening, ..Books::default() };
        for p in payments.iter().filter(own) {
            books.spent.push(Spent {
                function: p.function.to_owned(),
                economic: p.economic.to_owned(),
                fund: Fund::General,
                kind: if p.project.is_some() { SpendingKind::Project } else { SpendingKind::Basic },
                project: String::new(),
                amount: Fen::new(p.amount),
            });
        }
        for ((at, function), spent) in sums(payments, |_| true) {
            if at != unit {
                continue;
            }
            // Money for the provincial special comes as it was granted; what is not spent is carried on.
            let more = if function == "2060799" { spent / 5 } else { 0 };
            let held = books.opening.iter().filter(|c| c.fund == Fund::General && c.function == function);
            let held: Fen = held.map(|c| c.amount).sum();
            let amount = Fen::new(spent + more) - held;
            books.received.push(Received {
                kind: RevenueKind::Fiscal,
                fund: Fund::General,
                function: function.to_owned(),
                amount,
            });
        }
        let interest = if unit == 0 { 23_645 } else { 8_112 };
        let (kind, fund, function) = (RevenueKind::Other, Fund::Other, "2060701".to_owned());
        books.received.push(Received { kind, fund, function, amount: Fen::new(interest) });
        let staff = UNITS[unit].2;
        let receptions =
            i64::try_from(payments.iter().filter(own).filter(|p| p.economic == "30217").count()).unwrap_or(0);
        let has_vehicle = unit == 0;
        let three_public = ThreePublic {
            budget_running: Fen::new(if has_vehicle { 1_200_000 } else { 0 }),
            budget_reception: Fen::new(if has_vehicle { 700_000 } else { 0 }),
            vehicles: i64::from(has_vehicle),
            batches: receptions,
            guests: receptions * 7,
            ..ThreePublic::default()
        };
        Stated { books, headcount: Headcount { posts: staff + 2, staff, retired: staff / 3 }, three_public }
    }

    pub(super) fn statements(&self) -> AppResult<Vec<(StatementKind, String)>> {
        let vehicles = if self.three_public.vehicles > 0 { vec![(VehicleKind::Special, 1)] } else { Vec::new() };
        let assets = Assets { vehicles, ..Assets::default() };
        let procurement = Procurement {
            goods: Fen::new(4_860_000),
            services: Fen::new(6_240_000),
            sme: Fen::new(9_900_000),
            micro: Fen::new(5_310_000),
            ..Procurement::default()
        };
        Ok(vec![
            (StatementKind::Income, serde_json::to_string(&self.books.received)?),
            (StatementKind::Opening, serde_json::to_string(&self.books.opening)?),
            (StatementKind::Balance, serde_json::to_string(&Balance::default())?),
            (StatementKind::ThreePublic, serde_json::to_string(&self.three_public)?),
            (StatementKind::Procurement, serde_json::to_string(&procurement)?),
            (StatementKind::Assets, serde_json::to_string(&assets)?),
            (StatementKind::Headcount, serde_json::to_string(&self.headcount)?),
        ])
    }
}

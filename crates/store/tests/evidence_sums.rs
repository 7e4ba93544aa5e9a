//! Records and their sums as a table by hand. A province's roll-up is held against the same table (`cluster/tests/app_sums.rs`), so that both
//! mean the same by a sum: void records in none, from a rung on, a region with what lies in it, the month of the first day.

use keqiao_base::{Day, Fen, ProjectId};
use keqiao_evidence::{Count, Kind, Rung};
use keqiao_store::evidence::Record;
use keqiao_store::evidence::measure::{self, Quantity, Scope};
use keqiao_store::evidence::record::NewRecord;
use keqiao_store::fixture::TestDb;

use crate::evidence::{new, stated, write};

const RECORDS_CSV: &str = include_str!("../../cluster/tests/data/records.csv");
const SUMS_CSV: &str = include_str!("../../cluster/tests/data/sums.csv");

fn lines(csv: &str) -> impl Iterator<Item = Vec<&str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect())
}

fn record(n: u128, fields: &[&str]) -> NewRecord {
    let number = |at: usize| fields[at].parse::<i64>().unwrap();
    let new = new(n, fields[0], &stated(fields[2], 1));
    let record = Record {
        kind: fields[1].parse().unwrap(),
        project: fields[3].parse().ok(),
        rung: fields[4].parse().unwrap(),
        voided: fields[5] == "void",
        people: number(6),
        sessions: number(7),
        copies: number(8),
        money: Fen::new(number(9)),
        ..new.record.clone()
    };
    NewRecord { record, ..new }
}

#[tokio::test]
async fn the_apps_sums_are_those_of_the_table_that_the_roll_up_answers_too() {
    let db = TestDb::new().await.unwrap();
    write(&db.db, (1..).zip(lines(RECORDS_CSV)).map(|(n, fields)| record(n, &fields)).collect()).await;
    let mut compared = 0;
    for rung_min in [Rung::Claimed, Rung::Confirmed, Rung::Paid] {
        for project in ["", "0190f3c2a1b47c3d8e9f001122334455"] {
            for region in ["990101", "990102", "990201", "990100", "990200", "990000"] {
                for (kind, quantity) in asked() {
                    let scope = Scope {
                        regions: vec![region.parse().unwrap()],
                        kind: Some(kind),
                        project: project.parse::<ProjectId>().ok(),
                        rung_min,
                        since: Day::first_of(2025),
                        until: Day::last_of(2026),
                    };
                    let months = measure::by_month(db.db.read(), &scope, quantity).await.unwrap();
                    let got: Vec<_> =
                        months.into_iter().filter(|m| m.value != 0).map(|m| (m.of, m.value.to_string())).collect();
                    let (rung, name) = (rung_min.number().to_string(), name(quantity));
                    let here = |f: &Vec<&str>| f[..5] == [rung.as_str(), project, region, kind.code(), name];
                    let wanted: Vec<_> =
                        lines(SUMS_CSV).filter(here).map(|f| (f[5].to_owned(), f[6].to_owned())).collect();
                    assert_eq!(got, wanted, "{scope:?} {quantity:?}");
                    compared += got.len();
                }
            }
        }
    }
    assert_eq!(compared, SUMS_CSV.lines().count() - 1, "every sum of the table");
}

fn asked() -> Vec<(Kind, Quantity)> {
    let quantities = [
        Quantity::Records,
        Quantity::Count(Count::People),
        Quantity::Count(Count::Sessions),
        Quantity::Count(Count::Copies),
        Quantity::Money,
    ];
    [Kind::Lecture, Kind::Training].into_iter().flat_map(|kind| quantities.map(|quantity| (kind, quantity))).collect()
}

fn name(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Records => "records",
        Quantity::Count(count) => count.code(),
        Quantity::Money => "money",
    }
}

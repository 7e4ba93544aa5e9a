//! Evidence: what is written counts at once and exactly, the chain holds, what is void counts nowhere.

use keqiao_access::RegionCode;
use keqiao_base::chain::verify;
use keqiao_base::{Day, EvidenceId, Moment, ProjectId};
use keqiao_evidence::{Act, ActKind, Count, EvidenceRow, FileNote, FileRole, Kind, Rung, Source, Stated, Taken};
use keqiao_store::evidence::list::{self, EvidenceFilter, EvidenceSort, Standing};
use keqiao_store::evidence::measure::{self, Quantity, Scope};
use keqiao_store::evidence::record::{self, NewRecord, Recorded, file_rows, row};
use keqiao_store::evidence::{Record, act, around};
use keqiao_store::fixture::TestDb;
use keqiao_store::{Db, PageRequest};

const COUNTY: &str = "990101";

pub(crate) fn region(code: &str) -> RegionCode {
    code.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn id(n: u128) -> EvidenceId {
    EvidenceId::from(uuid::Uuid::from_u128(n))
}

pub(crate) fn stated(started: &str, people: i64) -> Stated {
    let row = EvidenceRow {
        kind: "training".into(),
        title: format!("培训{people}"),
        started: started.into(),
        place: "镇农技站".into(),
        people: people.to_string(),
        sessions: "2".into(),
        money: "12.34".into(),
        ..EvidenceRow::default()
    };
    Stated::of(&row).unwrap()
}

fn done(n: u128, what: ActKind, detail: &str) -> Act {
    let (at, name) = (Moment::from_millis(i64::try_from(n).unwrap()), "周敏".to_owned());
    Act { at, account: None, name, evidence: id(n), what, detail: detail.to_owned() }
}

pub(crate) fn new(n: u128, code: &str, stated: &Stated) -> NewRecord {
    let by = Recorded {
        region: region(code),
        account: None,
        name: "周敏".to_owned(),
        at: Moment::from_millis(i64::try_from(n).unwrap()),
        source: Source::Typed,
        import: None,
    };
    let detail = serde_json::to_string(stated).unwrap();
    NewRecord {
        record: row(id(n), stated, &by, ("[]".to_owned(), 0)),
        files: file_rows(id(n), 0, &stated.files),
        act: done(n, ActKind::Recorded, &detail),
    }
}

pub(crate) async fn write(db: &Db, all: Vec<NewRecord>) {
    let tx = db.begin().await.unwrap();
    record::insert(&tx, all).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn alter(db: &Db, n: u128, what: ActKind, change: impl FnOnce(Record) -> Record) -> bool {
    let tx = db.begin().await.unwrap();
    let before = record::load(&tx, id(n)).await.unwrap().unwrap();
    let after = change(before.clone());
    let changed = record::change(&tx, &before, after, Vec::new(), done(n, what, "{}")).await.unwrap();
    tx.commit().await.unwrap();
    changed
}

fn people() -> Quantity {
    Quantity::Count(Count::People)
}

#[tokio::test]
async fn sums_follow_every_act_and_say_where_the_chain_stood() {
    let db = TestDb::new().await.unwrap();
    let scope = Scope::year(region("990100"), 2026);
    assert_eq!(measure::sum(db.db.read(), &scope, people()).await.unwrap(), measure::Sum::default());
    let all = (1..=3u128).map(|n| new(n, COUNTY, &stated("2026-03-02", 10 * i64::try_from(n).unwrap()))).collect();
    write(&db.db, all).await;
    let sum = measure::sum(db.db.read(), &scope, people()).await.unwrap();
    assert_eq!((sum.value, sum.rows, sum.chain), (60, 3, 3));
    assert!(alter(&db.db, 2, ActKind::Confirmed, |r| Record { rung: 1, ..r }).await);
    let confirmed = Scope { rung_min: Rung::Confirmed, ..scope.clone() };
    let sum = measure::sum(db.db.read(), &confirmed, people()).await.unwrap();
    assert_eq!((sum.value, sum.rows, sum.chain), (20, 1, 4));
    assert!(alter(&db.db, 3, ActKind::Voided, |r| Record { voided: true, ..r }).await);
    let sum = measure::sum(db.db.read(), &scope, people()).await.unwrap();
    assert_eq!((sum.value, sum.rows, sum.chain), (30, 2, 5));
    assert_eq!(measure::sum(db.db.read(), &scope, Quantity::Money).await.unwrap().value, 2_468);
    assert_eq!(measure::sum(db.db.read(), &scope, Quantity::Records).await.unwrap().value, 2);
    let rungs = measure::by_rung(db.db.read(), &scope, people()).await.unwrap();
    let rungs: Vec<_> = rungs.iter().map(|p| (p.of, p.value, p.rows)).filter(|p| p.2 > 0).collect();
    assert_eq!(rungs, [(Rung::Claimed, 10, 1), (Rung::Confirmed, 20, 1)]);
    let elsewhere = Scope { regions: vec![region("990201")], ..scope.clone() };
    assert_eq!(measure::sum(db.db.read(), &elsewhere, people()).await.unwrap().rows, 0);
    let nowhere = Scope { regions: Vec::new(), ..scope };
    assert_eq!(measure::sum(db.db.read(), &nowhere, people()).await.unwrap().rows, 0);
    assert_eq!(act::wrong_sums(db.db.read()).await.unwrap(), 0);
}

#[tokio::test]
async fn any_days_are_added_up_as_if_record_by_record() {
    let db = TestDb::new().await.unwrap();
    let project = ProjectId::from(uuid::Uuid::from_u128(77));
    let mut all = Vec::new();
    let mut plain = Vec::new();
    for n in 1..=300u128 {
        let at = day("2025-12-20").plus(i64::try_from(n * 37 % 400).unwrap());
        let count = i64::try_from(n * 7919 % 97).unwrap() + 1;
        let mut said = stated(&at.code(), count);
        said.project = (n % 3 == 0).then_some(project);
        let code = if n % 2 == 0 { COUNTY } else { "990102" };
        all.push(new(n, code, &said));
        plain.push((at, count, code, said.project.is_some()));
    }
    write(&db.db, all).await;
    let days = [
        "2025-12-20",
        "2026-01-01",
        "2026-01-31",
        "2026-02-01",
        "2026-02-14",
        "2026-02-28",
        "2026-03-01",
        "2026-12-31",
    ];
    for (at, since) in days.iter().enumerate() {
        for until in &days[at..] {
            for of_project in [None, Some(project)] {
                let (since, until) = (day(since), day(until));
                let scope = Scope {
                    since,
                    until,
                    kind: Some(Kind::Training),
                    project: of_project,
                    ..Scope::year(region(COUNTY), 2026)
                };
                let fit = |r: &&(Day, i64, &str, bool)| {
                    r.0 >= since && r.0 <= until && r.2 == COUNTY && (of_project.is_none() || r.3)
                };
                let expected: Vec<i64> = plain.iter().filter(fit).map(|r| r.1).collect();
                let sum = measure::sum(db.db.read(), &scope, people()).await.unwrap();
                let wanted = (expected.iter().sum::<i64>(), i64::try_from(expected.len()).unwrap());
                assert_eq!((sum.value, sum.rows), wanted, "{since} – {until}");
                let months = measure::by_month(db.db.read(), &scope, people()).await.unwrap();
                assert_eq!(months.iter().map(|m| m.value).sum::<i64>(), wanted.0, "{since} – {until}");
                assert!(months.is_sorted_by(|a, b| a.of < b.of), "each month once");
            }
        }
    }
    assert_eq!(act::wrong_sums(db.db.read()).await.unwrap(), 0);
}

#[tokio::test]
async fn surveys_answer_with_n() {
    let db = TestDb::new().await.unwrap();
    let survey = |valid: &str, satisfied: &str| {
        let row = EvidenceRow {
            kind: "survey".into(),
            title: "满意度".into(),
            started: "2026-11-05".into(),
            valid: valid.into(),
            satisfied: satisfied.into(),
            ..EvidenceRow::default()
        };
        Stated::of(&row).unwrap()
    };
    write(&db.db, vec![new(1, COUNTY, &survey("100", "93")), new(2, COUNTY, &survey("60", "51"))]).await;
    for (since, until) in [("2026-01-01", "2026-12-31"), ("2026-11-02", "2026-11-20")] {
        let scope = Scope { since: day(since), until: day(until), ..Scope::year(region(COUNTY), 2026) };
        let found = measure::satisfaction(db.db.read(), &scope).await.unwrap();
        assert_eq!((found.valid, found.satisfied, found.rows, found.chain), (160, 144, 2, 2));
    }
}

#[tokio::test]
async fn a_stale_write_changes_nothing_and_the_chain_verifies() {
    let db = TestDb::new().await.unwrap();
    write(&db.db, vec![new(1, COUNTY, &stated("2026-03-02", 5))]).await;
    let tx = db.db.begin().await.unwrap();
    let before = record::load(&tx, id(1)).await.unwrap().unwrap();
    let stale = Record { revision: 7, ..before.clone() };
    let after = Record { voided: true, ..before };
    let act = done(1, ActKind::Voided, "{}");
    assert!(!record::change(&tx, &stale, after, Vec::new(), act).await.unwrap());
    drop(tx);
    assert!(!record::load(db.db.read(), id(1)).await.unwrap().unwrap().voided);
    assert!(alter(&db.db, 1, ActKind::Confirmed, |r| Record { rung: 1, ..r }).await);
    let chain = act::after(db.db.read(), 0).await.unwrap();
    assert_eq!(chain.len(), 2);
    assert_eq!(verify(&chain, None), Ok(act::end(db.db.read()).await.unwrap()));
    let what: Vec<_> = act::on(db.db.read(), id(1)).await.unwrap().iter().map(|e| e.act.what).collect();
    assert_eq!(what, [ActKind::Recorded, ActKind::Confirmed]);
}

#[tokio::test]
async fn neighbours_are_found_by_file_by_twin_and_by_place() {
    let db = TestDb::new().await.unwrap();
    let point = keqiao_evidence::Point::new(28_450_000, 119_920_000);
    let photo = |hash: &str| FileNote {
        hash: hash.repeat(64),
        role: FileRole::Photo,
        name: "1.jpg".to_owned(),
        size: 3,
        taken: Taken { point, ..Taken::default() },
    };
    let mut first = stated("2026-03-02", 5);
    first.files = vec![photo("a"), photo("b")];
    write(&db.db, vec![new(1, COUNTY, &first)]).await;
    let mut second = stated("2026-03-02", 5);
    second.files = vec![photo("a")];
    let found = around::of(db.db.read(), region(COUNTY), None, &second).await.unwrap();
    assert_eq!(found.same_file.len(), 1);
    assert_eq!(found.twins.iter().map(|t| t.id).collect::<Vec<_>>(), [id(1)]);
    assert_eq!(found.points.len(), 2);
    assert!(alter(&db.db, 1, ActKind::Voided, |r| Record { voided: true, ..r }).await);
    let found = around::of(db.db.read(), region(COUNTY), None, &second).await.unwrap();
    assert!(
        found.same_file.is_empty() && found.twins.is_empty() && found.points.is_empty(),
        "what is void is no neighbour"
    );
}

#[tokio::test]
async fn lists_are_cut_to_regions_and_filters() {
    let db = TestDb::new().await.unwrap();
    let all = (1..=9u128).map(|n| {
        let code = if n < 4 { "990102" } else { COUNTY };
        new(n, code, &stated(&format!("2026-0{n}-01"), 5))
    });
    write(&db.db, all.collect()).await;
    assert!(alter(&db.db, 9, ActKind::Voided, |r| Record { voided: true, ..r }).await);
    assert!(alter(&db.db, 8, ActKind::Confirmed, |r| Record { rung: 1, ..r }).await);
    let filter = EvidenceFilter { regions: vec![region(COUNTY)], ..EvidenceFilter::default() };
    let many = async |filter: EvidenceFilter| list::count(db.db.read(), &filter).await.unwrap();
    assert_eq!(many(EvidenceFilter::default()).await, 0);
    assert_eq!(many(filter.clone()).await, 5);
    assert_eq!(many(EvidenceFilter { standing: Some(Standing::Open), ..filter.clone() }).await, 4);
    assert_eq!(many(EvidenceFilter { standing: Some(Standing::Confirmed), ..filter.clone() }).await, 1);
    assert_eq!(many(EvidenceFilter { standing: Some(Standing::Voided), ..filter.clone() }).await, 1);
    assert_eq!(many(EvidenceFilter { words: Some("农技%".to_owned()), ..filter.clone() }).await, 0);
    assert_eq!(many(EvidenceFilter { words: Some("农技".to_owned()), ..filter.clone() }).await, 5);
    assert_eq!(many(EvidenceFilter { since: Some(day("2026-06-02")), ..filter.clone() }).await, 2);
    let page = list::page(db.db.read(), &filter, EvidenceSort::Day, true, PageRequest::new(2, 2)).await.unwrap();
    assert_eq!((page.total, page.rows.iter().map(|r| r.id).collect::<Vec<_>>()), (5, vec![id(6), id(5)]));
}

//! Every record once, in the order of region, kind and day, as of one place in the chain.

use keqiao_evidence::{ActKind, Count, EvidenceRow, Stated};
use keqiao_store::DbErr;
use keqiao_store::evidence::{Record, act, stream};
use keqiao_store::fixture::TestDb;

use crate::evidence::{alter, id, new, stated, write};

fn lecture(started: &str, people: i64) -> Stated {
    let people = people.to_string();
    let row = EvidenceRow {
        kind: "lecture".into(),
        title: "讲座".into(),
        started: started.into(),
        place: "图书馆".into(),
        people,
        sessions: "1".into(),
        ..EvidenceRow::default()
    };
    Stated::of(&row).unwrap()
}

async fn all(db: &TestDb) -> (i64, Vec<Record>) {
    let mut rows = Vec::new();
    let end = stream::each(&db.db, |row| {
        rows.push(row.clone());
        Ok::<_, DbErr>(())
    });
    let end = end.await.unwrap();
    assert_eq!(end, act::end(db.db.read()).await.unwrap());
    (end.seq, rows)
}

#[tokio::test]
async fn nothing_recorded_is_an_empty_stream_at_the_origin() {
    let db = TestDb::new().await.unwrap();
    assert_eq!(all(&db).await, (0, Vec::new()));
}

#[tokio::test]
async fn every_record_comes_once_in_order_over_all_steps() {
    let db = TestDb::new().await.unwrap();
    // More than one step, with many records that differ by their id alone.
    let many = 5_300_u128;
    let records = (1..=many).map(|n| {
        let code = ["990102", "990101", "990201"][usize::try_from(n % 3).unwrap()];
        let started = format!("2026-0{}-15", n % 4 + 1);
        let people = i64::try_from(n).unwrap();
        new(n, code, &if n % 5 == 0 { lecture(&started, people) } else { stated(&started, people) })
    });
    write(&db.db, records.collect()).await;
    assert!(alter(&db.db, 7, ActKind::Voided, |r| Record { voided: true, ..r }).await);
    assert!(alter(&db.db, 8, ActKind::Confirmed, |r| Record { rung: 1, ..r }).await);
    let (seq, rows) = all(&db).await;
    assert_eq!((seq, rows.len()), (5_302, 5_300));
    let keys: Vec<_> = rows.iter().map(|r| (r.region.code(), r.kind.code(), r.started)).collect();
    assert!(keys.is_sorted());
    let mut people: Vec<i64> = rows.iter().map(|r| r.counts().get(Count::People)).collect();
    people.sort_unstable();
    assert!(people.iter().copied().eq(1..=5_300), "each once");
    let one = rows.iter().find(|r| r.counts().get(Count::People) == 8).unwrap();
    assert_eq!((one.rung, one.voided, one.money.get(), one.counts().get(Count::Sessions)), (1, false, 1_234, 2));
    assert_eq!(rows.iter().filter(|r| r.voided).count(), 1);
}

#[tokio::test]
async fn a_reader_who_fails_ends_it() {
    let db = TestDb::new().await.unwrap();
    write(&db.db, (1..=3).map(|n| new(n, "990101", &stated("2026-03-02", 5))).collect()).await;
    let mut seen = 0;
    let stopped = stream::each(&db.db, |_| {
        seen += 1;
        if seen == 2 { Err(DbErr::Custom("enough".into())) } else { Ok(()) }
    });
    assert!(matches!(stopped.await, Err(DbErr::Custom(why)) if why == "enough"));
    assert_eq!(seen, 2);
    assert!(
        keqiao_store::evidence::record::load(db.db.read(), id(1)).await.unwrap().is_some(),
        "and frees the connection"
    );
}

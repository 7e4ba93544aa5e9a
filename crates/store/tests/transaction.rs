//! Transactions: all or nothing, readers are not held up, answers to writes are remembered.

use keqiao_base::Moment;
use keqiao_store::fixture::TestDb;
use keqiao_store::{Db, event, idempotency, setting};

#[tokio::test]
async fn what_is_not_committed_did_not_happen() {
    let db = TestDb::new().await.unwrap();
    let tx = db.db.begin().await.unwrap();
    setting::save(&tx, "a", "1").await.unwrap();
    // A reader is not held up by the writer and does not see what is not committed.
    assert_eq!(setting::load(db.db.read(), "a").await.unwrap(), None);
    drop(tx);
    let tx = db.db.begin().await.unwrap();
    setting::save(&tx, "b", "1").await.unwrap();
    setting::save(&tx, "b", "2").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(setting::load(db.db.read(), "a").await.unwrap(), None);
    assert_eq!(setting::load(db.db.read(), "b").await.unwrap().as_deref(), Some("2"));
}

#[tokio::test]
async fn migrating_again_changes_nothing_and_the_database_opens_again() {
    let db = TestDb::new().await.unwrap();
    let tx = db.db.begin().await.unwrap();
    setting::save(&tx, "kept", "yes").await.unwrap();
    tx.commit().await.unwrap();
    db.db.close().await.unwrap();
    let again = Db::open(&db.url).await.unwrap();
    again.migrate().await.unwrap();
    assert_eq!(setting::load(again.read(), "kept").await.unwrap().as_deref(), Some("yes"));
}

#[tokio::test]
async fn a_key_is_taken_once() {
    let db = TestDb::new().await.unwrap();
    let at = Moment::from_millis(1);
    let tx = db.db.begin().await.unwrap();
    assert!(idempotency::take(&tx, "k", "r", at).await.unwrap().is_none());
    idempotency::keep(&tx, "k", 201, "{}").await.unwrap();
    tx.commit().await.unwrap();
    let tx = db.db.begin().await.unwrap();
    let kept = idempotency::take(&tx, "k", "r", at).await.unwrap().unwrap();
    assert_eq!((kept.status, kept.body.as_str()), (201, "{}"));
}

#[tokio::test]
async fn events_are_read_in_order() {
    let db = TestDb::new().await.unwrap();
    let tx = db.db.begin().await.unwrap();
    for n in 0..3 {
        event::append(&tx, "desk", format!("{n}"), Moment::from_millis(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let all = event::after(db.db.read(), 0).await.unwrap();
    assert_eq!(all.iter().map(|e| e.payload.as_str()).collect::<Vec<_>>(), ["0", "1", "2"]);
    assert_eq!(event::newest(db.db.read()).await.unwrap(), all[2].seq);
}

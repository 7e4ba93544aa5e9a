//! The queue: order, leases, growing pauses, giving up.

use keqiao_base::{FixedClock, FixedEntropy, JobId, Moment};
use keqiao_store::fixture::TestDb;
use keqiao_store::job::{self, State};

const START: Moment = Moment::from_millis(1_790_000_000_000);

async fn put(db: &TestDb, seed: u64) -> JobId {
    let id = JobId::new(&FixedClock::at(START), &FixedEntropy::seed(seed));
    let tx = db.db.begin().await.unwrap();
    job::put(&tx, id, "check", "{}".into(), START).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn claim(db: &TestDb, now: Moment) -> Option<job::Model> {
    let tx = db.db.begin().await.unwrap();
    let claimed = job::claim(&tx, now).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

#[tokio::test]
async fn a_job_is_claimed_once_and_again_when_the_lease_runs_out() {
    let db = TestDb::new().await.unwrap();
    let id = put(&db, 1).await;
    let first = claim(&db, START).await.unwrap();
    assert_eq!((first.id, first.attempts), (id, 1));
    assert!(claim(&db, START).await.is_none());
    let later = START.plus_seconds(job::LEASE_SECONDS + 1);
    let second = claim(&db, later).await.unwrap();
    assert_eq!(second.attempts, 2);
    // Whoever lost the lease can neither renew nor finish.
    let tx = db.db.begin().await.unwrap();
    assert!(!job::renew(&tx, &first, 500, later).await.unwrap());
    assert!(!job::finish(&tx, &first, later).await.unwrap());
    assert!(job::finish(&tx, &second, later).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(job::load(db.db.read(), id).await.unwrap().unwrap().state, State::Done);
}

#[tokio::test]
async fn a_failing_job_waits_longer_each_time_and_is_given_up() {
    let db = TestDb::new().await.unwrap();
    let id = put(&db, 2).await;
    let mut now = START;
    for attempt in 1..=job::ATTEMPTS_MAX {
        let claimed = claim(&db, now).await.unwrap();
        assert_eq!(claimed.attempts, attempt);
        let tx = db.db.begin().await.unwrap();
        let state = job::fail(&tx, &claimed, "disk full", now).await.unwrap();
        tx.commit().await.unwrap();
        let pause = 10 << (attempt - 1);
        if attempt < job::ATTEMPTS_MAX {
            assert_eq!(state, State::Queued);
            assert!(claim(&db, now.plus_seconds(pause - 1)).await.is_none());
        } else {
            assert_eq!(state, State::Failed);
        }
        now = now.plus_seconds(pause);
    }
    let tx = db.db.begin().await.unwrap();
    assert!(job::retry(&tx, id, now).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(claim(&db, now).await.unwrap().attempts, 1);
}

#[tokio::test]
async fn two_workers_never_claim_the_same_job() {
    let db = TestDb::new().await.unwrap();
    for seed in 0..20 {
        put(&db, 100 + seed).await;
    }
    let one = async { [claim(&db, START).await, claim(&db, START).await, claim(&db, START).await] };
    let two = async { [claim(&db, START).await, claim(&db, START).await, claim(&db, START).await] };
    let (one, two) = tokio::join!(one, two);
    let mut ids: Vec<_> = one.into_iter().chain(two).map(|job| job.unwrap().id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

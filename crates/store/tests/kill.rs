//! A process that writes is killed in the middle, again and again: the database opens, is whole, and holds every write that was
//! acknowledged.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::Duration;

use keqiao_access::chain::{self, Act, Entry};
use keqiao_base::{Entropy, FixedEntropy, JobId, Moment, SystemClock, SystemEntropy};
use keqiao_store::entity::event::Entity as Events;
use keqiao_store::entity::job::Entity as Jobs;
use keqiao_store::fixture::TestDb;
use keqiao_store::{Db, DbUrl, dump, event, job, log};
use sea_orm::{EntityTrait, PaginatorTrait};

const KILLS: usize = 40;
/// Names the database to the process that writes; without it, [`writer`] does nothing.
const WHERE: &str = "KEQIAO_KILL_DATABASE";

/// Not a test of its own: what the killed process does. Each number is printed after its commit, not before.
#[tokio::test]
async fn writer() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test that starts this process says here which database to write"
    )]
    let Ok(url) = std::env::var(WHERE) else { return };
    let db = Db::open(&DbUrl::from_str(&url).unwrap()).await.unwrap();
    loop {
        let tx = db.begin().await.unwrap();
        let id = JobId::new(&SystemClock, &SystemEntropy);
        job::put(&tx, id, "nothing", "{}".to_owned(), Moment::from_millis(1)).await.unwrap();
        log::append(&tx, act(&id.to_string())).await.unwrap();
        event::append(&tx, "kill", id.to_string(), Moment::from_millis(1)).await.unwrap();
        tx.commit().await.unwrap();
        println!("written {id}");
    }
}

#[tokio::test]
async fn every_acknowledged_write_outlives_a_kill() {
    let db = TestDb::new().await.unwrap();
    let url = match &db.url {
        DbUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DbUrl::Postgres(url) => url.clone(),
    };
    db.db.close().await.unwrap();
    let chance = FixedEntropy::seed(9);
    let mut acknowledged = Vec::new();
    for kill in 0..KILLS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::writer", "--nocapture", "--test-threads=1"])
            .env(WHERE, &url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        let written = |line: &str| line.split_once("written ").map(|(_, id)| id.parse::<JobId>().unwrap());
        // The first write is waited for; then it is killed at some moment within the next ones.
        let first = lines.find_map(|line| written(&line.unwrap())).expect("the writer writes");
        let mut moment = [0u8; 1];
        chance.fill(&mut moment);
        std::thread::sleep(Duration::from_micros(u64::from(moment[0]) * 150));
        writer.kill().unwrap();
        writer.wait().unwrap();
        acknowledged.push(first);
        // A line that the kill cut off was not acknowledged.
        acknowledged.extend(lines.map_while(Result::ok).filter(|l| l.len() >= 40).filter_map(|l| written(&l)));

        let again = Db::open(&db.url).await.unwrap();
        assert_eq!(dump::damage(&again).await.unwrap(), None, "after kill {kill}");
        for id in acknowledged.iter().rev().take(2000) {
            let found = Jobs::find_by_id(*id).one(again.read()).await.unwrap();
            assert!(found.is_some(), "{id} was acknowledged and is lost after kill {kill}");
        }
        // Both rows of a transaction are there, or none.
        let (jobs, events) = (Jobs::find().count(again.read()).await, Events::find().count(again.read()).await);
        assert_eq!(jobs.unwrap(), events.unwrap());
        let end = log::end(again.read()).await.unwrap();
        assert_eq!(u64::try_from(end.seq).unwrap(), Jobs::find().count(again.read()).await.unwrap());
        assert_eq!(chain::verify(&chain(&again).await, Some(end.clone())), Ok(end), "after kill {kill}");
        again.close().await.unwrap();
    }
    assert!(acknowledged.len() > KILLS, "the writer was killed in the middle, not at its first write");
}

fn act(subject: &str) -> Act {
    Act {
        at: Moment::from_millis(1),
        account: None,
        name: String::new(),
        address: String::new(),
        action: "test.kill".to_owned(),
        subject: subject.to_owned(),
        detail: "{}".to_owned(),
    }
}

async fn chain(db: &Db) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    loop {
        let piece = log::after(db.read(), all.last().map_or(0, |e| e.seq)).await.unwrap();
        if piece.is_empty() {
            return all;
        }
        all.extend(piece);
    }
}

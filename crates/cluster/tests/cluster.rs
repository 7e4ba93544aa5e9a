//! Two executors on loopback give the answer of one process; so does one, after the other was killed in the middle of its work.

use std::time::{Duration, Instant};

use keqiao_cluster::{Depth, Error, Patience, Question, ask, ask_cluster};

use crate::naive;
use crate::nodes::{Cluster, files_in};
use crate::rows::{rows, snapshot};

#[tokio::test(flavor = "multi_thread")]
async fn two_executors_give_the_same_answer() {
    let rows = rows(30_000);
    let folder = tempfile::tempdir().unwrap();
    let snapshot = snapshot(folder.path(), &rows, 3_000);
    let cluster = Cluster::start();
    let questions =
        [Question::default(), Question { depth: Depth::City, kind: Some("training".into()), ..Question::default() }];
    for question in questions {
        let asked = ask_cluster(&snapshot, &question, &cluster.address, Patience::default()).await.unwrap();
        assert_eq!(asked.failed, Vec::<String>::new());
        assert_eq!(asked.answer.lines, naive::lines(&rows, &question));
        assert_eq!(asked.answer, ask(&snapshot, &question).await.unwrap());
    }
    for folder in &cluster.folders {
        assert!(files_in(folder.path()) > 0, "both executors worked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_executor_killed_half_way_changes_no_digit() {
    let rows = rows(400_000);
    let folder = tempfile::tempdir().unwrap();
    let snapshot = snapshot(folder.path(), &rows, 5_000);
    assert!(snapshot.manifest().parts.len() >= 9, "many tasks");
    let mut cluster = Cluster::start();
    let question = Question::default();
    let asking = tokio::spawn({
        let (snapshot, question, address) = (snapshot.clone(), question.clone(), cluster.address.clone());
        async move { ask_cluster(&snapshot, &question, &address, Patience::default()).await }
    });
    // Half-way: it has worked something out, which will be lost, and the answer is not there yet.
    let begun = Instant::now();
    while files_in(cluster.folders[0].path()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the executor never began");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    cluster.executors[0].kill();
    assert!(!asking.is_finished(), "killed too late to show anything: make the rows more");

    let asked = asking.await.unwrap().unwrap();
    assert_eq!(asked.answer.lines, naive::lines(&rows, &question));
    // Whether the cluster mended it or the question was asked again: either is told.
    println!("{} attempt(s) failed before: {:?}; {} ms", asked.failed.len(), asked.failed, begun.elapsed().as_millis());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_cluster_is_said_clearly_after_the_attempts_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = snapshot(folder.path(), &rows(100), 1_000);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let patience =
        Patience { attempts: 2, attempt_time_max: Duration::from_secs(20), pause: Duration::from_millis(10) };
    match ask_cluster(&snapshot, &Question::default(), &nobody, patience).await.unwrap_err() {
        Error::Engine(said) => assert_eq!(said.len(), 2, "{said:?}"),
        other => panic!("{other}"),
    }
}

//! In this process: the engine's sums are the sums by hand, whatever the question and however the rows lie in files.

use keqiao_cluster::{Depth, Error, Question, ask};

use crate::naive;
use crate::rows::{chain, rows, snapshot};

fn questions() -> Vec<Question> {
    let all = Question::default;
    let month = |text: &str| Some(text.parse().unwrap());
    vec![
        all(),
        Question { depth: Depth::City, ..all() },
        Question { depth: Depth::Province, ..all() },
        Question { region: Some("510700".parse().unwrap()), ..all() },
        Question { region: Some("520000".parse().unwrap()), depth: Depth::Province, ..all() },
        Question { from: month("2025-03"), to: month("2025-03"), ..all() },
        Question { from: month("2025-12"), ..all() },
        Question { to: month("2025-01"), rung_min: 3, ..all() },
        Question { kind: Some("payment".into()), ..all() },
        Question { project: Some("0190f3c2a1b47c3d8e9f001122334466".parse().unwrap()), rung_min: 1, ..all() },
        Question { kind: Some("no_such_kind".into()), ..all() },
    ]
}

#[tokio::test]
async fn sums_are_the_sums_by_hand() {
    let rows = rows(20_000);
    let folder = tempfile::tempdir().unwrap();
    let snapshot = snapshot(folder.path(), &rows, 3_000);
    assert!(snapshot.manifest().parts.len() > 3, "several files");
    for question in questions() {
        let answer = ask(&snapshot, &question).await.unwrap();
        let expected = naive::lines(&rows, &question);
        assert_eq!(expected.is_empty(), question.kind.as_deref() == Some("no_such_kind"));
        assert_eq!(answer.lines, expected, "{question:?}");
        assert_eq!(answer.chain, chain());
    }
}

#[tokio::test]
async fn one_file_or_many_make_no_difference() {
    let rows = rows(600);
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, many) = (snapshot(one.path(), &rows, 1_000_000), snapshot(many.path(), &rows, 1));
    assert_eq!(one.manifest().parts.len(), 1);
    assert!(many.manifest().parts.len() > 100, "a region goes on in the next file");
    let question = Question::default();
    assert_eq!(ask(&one, &question).await.unwrap(), ask(&many, &question).await.unwrap());
}

#[tokio::test]
async fn nothing_recorded_is_an_empty_answer() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = snapshot(folder.path(), &[], 10);
    assert!(ask(&snapshot, &Question::default()).await.unwrap().lines.is_empty());
}

#[tokio::test]
async fn a_folder_with_odd_characters_in_its_name_is_no_pattern() {
    let rows = rows(300);
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("佐证 [2026] * ? %20#1");
    let snapshot = snapshot(&odd, &rows, 100);
    assert_eq!(ask(&snapshot, &Question::default()).await.unwrap().lines, naive::lines(&rows, &Question::default()));
}

#[tokio::test]
async fn files_exchanged_after_opening_show_in_the_control_totals() {
    let folder = tempfile::tempdir().unwrap();
    let opened = snapshot(folder.path(), &rows(2_000), 100_000);
    let other = tempfile::tempdir().unwrap();
    // As many rows of the same columns: only the sums differ.
    let mut others = rows(2_000);
    (others[0].voided, others[0].counts) = (false, vec![Some(7), Some(7), Some(7)]);
    let stranger = snapshot(other.path(), &others, 100_000);
    std::fs::copy(stranger.paths().next().unwrap(), opened.paths().next().unwrap()).unwrap();
    match ask(&opened, &Question::default()).await.unwrap_err() {
        Error::Engine(said) => assert!(said[0].contains("control totals"), "{said:?}"),
        other => panic!("{other}"),
    }
}

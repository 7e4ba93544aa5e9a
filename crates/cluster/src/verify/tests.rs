//! Every way in which a folder can fail to be the snapshot that was taken. The files need not be tables to be told apart.

use std::path::Path;

use keqiao_base::Moment;
use sha2::{Digest, Sha256};

use super::*;
use crate::{ChainEnd, Shape};

fn totals(rows: u64) -> Totals {
    Totals { rows, voided: 0, sums: vec![7], sizes: vec![7] }
}

fn part(folder: &Path, file: &str, content: &[u8]) -> Part {
    std::fs::write(folder.join(file), content).unwrap();
    Part {
        file: file.into(),
        first: "510104".parse().unwrap(),
        last: "510104".parse().unwrap(),
        bytes: content.len() as u64,
        sha256: hex::encode(Sha256::digest(content)),
        totals: totals(3),
    }
}

/// A folder of two parts whose manifest `change` may spoil.
fn folder(change: impl FnOnce(&mut Manifest)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let parts =
        vec![part(folder.path(), "part-0001.parquet", b"one"), part(folder.path(), "part-0002.parquet", b"two")];
    let mut whole = totals(6);
    (whole.sums, whole.sizes) = (vec![14], vec![14]);
    let mut manifest = Manifest {
        form: FORM,
        at: Moment::from_millis(1_795_255_509_123),
        chain: ChainEnd { seq: 6, hash: "ab".into() },
        counts: Shape::new(["people"]).unwrap(),
        parts,
        totals: whole,
        regions: [("510104".parse().unwrap(), 6)].into(),
    };
    change(&mut manifest);
    std::fs::write(folder.path().join(MANIFEST), serde_json::to_string(&manifest).unwrap()).unwrap();
    folder
}

fn refused(folder: &Path) -> String {
    match Snapshot::open(folder).unwrap_err() {
        Error::Refused(refusal) => {
            assert_eq!(refusal.code, "snapshot.unfit");
            assert!(!refusal.message.zh.is_empty());
            refusal.message.en
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_whole_snapshot_opens() {
    let folder = folder(|_| {});
    std::fs::write(folder.path().join("README.txt"), "what this is").unwrap();
    let snapshot = Snapshot::open(folder.path()).unwrap();
    assert_eq!((snapshot.manifest().chain.seq, snapshot.paths().count()), (6, 2));
}

#[test]
fn files_that_do_not_match_are_refused() {
    let changed = folder(|_| {});
    std::fs::write(changed.path().join("part-0002.parquet"), b"twO").unwrap();
    assert!(refused(changed.path()).contains("part-0002.parquet does not match"));

    let cut = folder(|_| {});
    std::fs::write(cut.path().join("part-0001.parquet"), b"on").unwrap();
    assert!(refused(cut.path()).contains("part-0001.parquet does not match"));

    let missing = folder(|_| {});
    std::fs::remove_file(missing.path().join("part-0001.parquet")).unwrap();
    assert!(refused(missing.path()).contains("lacks part-0001.parquet"));

    let stranger = folder(|_| {});
    std::fs::write(stranger.path().join("part-0003.parquet"), b"three").unwrap();
    assert!(refused(stranger.path()).contains("part-0003.parquet lies"));
}

#[test]
fn manifests_that_lie_are_refused() {
    assert!(refused(folder(|m| m.totals.rows = 7).path()).contains("contradicts itself"));
    assert!(refused(folder(|m| m.parts[0].totals.sums = vec![8]).path()).contains("contradicts itself"));
    assert!(refused(folder(|m| m.parts[1] = m.parts[0].clone()).path()).contains("contradicts itself"));
    assert!(refused(folder(|m| m.regions.clear()).path()).contains("contradicts itself"));
    assert!(refused(folder(|m| m.form = 2).path()).contains("has form 2, and this program reads form 1"));
    assert!(refused(folder(|m| m.parts[0].file = "../part-0001.parquet".into()).path()).contains("no name of a part"));
    assert!(refused(folder(|m| m.parts[0].file = "snapshot.json".into()).path()).contains("no name of a part"));
}

#[test]
fn what_is_no_snapshot_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    assert!(refused(empty.path()).contains("not finished"));
    let damaged = folder(|_| {});
    std::fs::write(damaged.path().join(MANIFEST), b"{\"form\":1,").unwrap();
    assert!(refused(damaged.path()).contains("damaged"));
    assert!(matches!(Snapshot::open(&empty.path().join("nowhere")), Err(Error::File { .. })));
}

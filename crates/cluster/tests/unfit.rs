//! Files that bear the right hash and are still no table of ours, and regions that a snapshot knows nothing of: said, never answered.

use std::path::Path;

use keqiao_cluster::{Error, MANIFEST, Manifest, Question, Shape, Snapshot, ask};
use sha2::{Digest, Sha256};

use crate::rows::{rows, snapshot};

/// What asking this folder ends with, once its manifest was changed and knows the hashes of the files as they are now.
async fn told(folder: &Path, change: impl FnOnce(&mut Manifest)) -> keqiao_i18n::Bilingual {
    let path = folder.join(MANIFEST);
    let mut manifest: Manifest = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for part in &mut manifest.parts {
        let bytes = std::fs::read(folder.join(&part.file)).unwrap();
        (part.bytes, part.sha256) = (bytes.len() as u64, hex::encode(Sha256::digest(&bytes)));
    }
    change(&mut manifest);
    std::fs::write(&path, serde_json::to_string(&manifest).unwrap()).unwrap();
    match ask(&Snapshot::open(folder).unwrap(), &Question::default()).await.unwrap_err() {
        Error::Refused(refusal) => {
            assert_eq!(refusal.code, "snapshot.unfit");
            refusal.message
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_file_cut_off_is_named_even_when_its_hash_is_right() {
    for cut in [0, 3, 500] {
        let folder = tempfile::tempdir().unwrap();
        let whole = snapshot(folder.path(), &rows(2_000), 300);
        let second = whole.paths().nth(1).unwrap();
        let bytes = std::fs::read(&second).unwrap();
        let kept = if cut == 0 { 0 } else { bytes.len() - cut };
        std::fs::write(&second, &bytes[..kept]).unwrap();
        let said = told(folder.path(), |_| {}).await;
        assert!(said.zh.contains("part-0002.parquet 不是完整的 Parquet 文件"), "{}", said.zh);
        assert!(said.en.contains("part-0002.parquet is no whole Parquet file"), "{}", said.en);
    }
}

#[tokio::test]
async fn other_columns_or_rows_than_the_manifest_says_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _ = snapshot(folder.path(), &rows(200), 1_000);
    // As of a version with another count: the engine alone would have taken the column it misses for empty.
    let other = |m: &mut Manifest| m.counts = Shape::new(["people", "works", "money"]).unwrap();
    let said = told(folder.path(), other).await;
    assert!(said.en.contains("column 9 is c_copies Int64, not c_works Int64"), "{}", said.en);
    assert!(said.zh.contains("第 9 列应为 c_works Int64，却是 c_copies Int64"), "{}", said.zh);

    let (one, more) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one_opened, more_opened) = (snapshot(one.path(), &rows(200), 1_000), snapshot(more.path(), &rows(201), 1_000));
    std::fs::copy(more_opened.paths().next().unwrap(), one_opened.paths().next().unwrap()).unwrap();
    let said = told(one.path(), |_| {}).await;
    assert!(said.en.contains("has 201 rows, and the manifest says 200"), "{}", said.en);
}

#[tokio::test]
async fn a_county_that_handed_nothing_in_is_named_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let opened = snapshot(folder.path(), &rows(500), 1_000);
    let all = ask(&opened, &Question::default()).await.unwrap();
    assert!(all.absent.contains(&"510704".parse().unwrap()));
    assert!(!all.absent.contains(&"510703".parse().unwrap()));
    let nobody = Question { region: Some("510704".parse().unwrap()), ..Question::default() };
    match ask(&opened, &nobody).await.unwrap_err() {
        Error::Refused(refusal) => assert_eq!(refusal.code, "rollup.region_absent"),
        other => panic!("{other}"),
    }
}

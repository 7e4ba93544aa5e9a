//! What a snapshot does not take in, and that it never writes over another.

use keqiao_base::Moment;
use keqiao_cluster::{Error, MANIFEST, Row, Shape, Writer};

use crate::rows::{chain, rows, shape, snapshot};

fn refused(error: &Error) -> &str {
    match error {
        Error::Refused(refusal) => {
            assert_eq!(refusal.code, "snapshot.unfit");
            &refusal.message.en
        }
        other => panic!("{other}"),
    }
}

/// What pushing this row after those gives.
fn pushed(before: &[Row], row: &Row) -> Result<(), Error> {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(folder.path(), shape(), 10).unwrap();
    for row in before {
        writer.push(row).unwrap();
    }
    writer.push(row)
}

#[test]
fn rows_that_do_not_fit_are_refused() {
    let some = rows(100);
    let (first, last) = (&some[0], &some[99]);
    assert!(pushed(&some, last).is_ok(), "the same day once more");
    assert!(refused(&pushed(&some, first).unwrap_err()).contains("not in order"));
    for wrong in [
        Row { day: 20_261_301, ..first.clone() },
        Row { kind: "o'clock".into(), ..first.clone() },
        Row { rung: -1, ..first.clone() },
        Row { counts: vec![Some(1)], ..first.clone() },
    ] {
        assert!(refused(&pushed(&[], &wrong).unwrap_err()).contains("does not fit"), "{wrong:?}");
    }
    let large = Row { counts: vec![Some(i64::MAX), None, None], voided: false, ..first.clone() };
    assert!(refused(&pushed(std::slice::from_ref(&large), &large).unwrap_err()).contains("too large"));
}

#[test]
fn a_snapshot_is_never_written_over_another_and_an_unfinished_one_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let whole = snapshot(folder.path(), &rows(50), 10);
    assert!(refused(&Writer::create(folder.path(), shape(), 10).err().unwrap()).contains("not empty"));
    assert_eq!(whole.paths().filter(|p| p.exists()).count(), whole.manifest().parts.len());

    let left = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(left.path(), shape(), 10).unwrap();
    for row in rows(50) {
        writer.push(&row).unwrap();
    }
    drop(writer);
    assert!(!left.path().join(MANIFEST).exists());
    assert!(refused(&keqiao_cluster::Snapshot::open(left.path()).unwrap_err()).contains("not finished"));
}

#[test]
fn ranges_of_regions_do_not_overlap_and_the_same_rows_make_the_same_files() {
    let rows = rows(4_000);
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, two) = (snapshot(one.path(), &rows, 600), snapshot(two.path(), &rows, 600));
    assert_eq!(one.manifest(), two.manifest());
    let parts = &one.manifest().parts;
    assert!(parts.windows(2).all(|two| two[0].last < two[1].first), "{parts:?}");
    assert_eq!(parts.iter().map(|p| p.totals.rows).sum::<u64>(), 4_000);
}

#[test]
fn a_snapshot_without_counts_counts_records() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(folder.path(), Shape::new(Vec::<String>::new()).unwrap(), 10).unwrap();
    for row in rows(20) {
        writer.push(&Row { counts: Vec::new(), ..row }).unwrap();
    }
    let manifest = writer.finish(Moment::from_millis(0), chain()).unwrap();
    assert_eq!((manifest.totals.rows, manifest.totals.sums.len()), (20, 0));
}

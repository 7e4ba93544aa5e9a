//! Rows for tests: small enough to add up by hand, with everything that must not be counted.

use std::path::Path;

use keqiao_base::Moment;
use keqiao_cluster::{ChainEnd, Row, Shape, Snapshot, Writer};

pub(crate) const KINDS: [&str; 4] = ["training", "lecture", "publication", "payment"];

pub(crate) fn shape() -> Shape {
    Shape::new(["people", "copies", "money"]).unwrap()
}

pub(crate) fn chain() -> ChainEnd {
    ChainEnd { seq: 4_711, hash: "c0de".repeat(16) }
}

/// So many rows over nine regions of two provinces and fourteen months; void ones, empty counts, zeros and money taken back among them.
pub(crate) fn rows(many: usize) -> Vec<Row> {
    let regions = ["510000", "510104", "510105", "510700", "510703", "510781", "511902", "520000", "520102"];
    let projects = ["0190f3c2a1b47c3d8e9f001122334455", "0190f3c2a1b47c3d8e9f001122334466"];
    let mut rows = Vec::with_capacity(many);
    let mut state = 7_u64;
    for at in 0..many {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let chance = usize::try_from(state >> 40).unwrap();
        let small = |of: usize| i64::try_from(chance / 7 % of).unwrap();
        let month = at % (many / regions.len() + 1) * 14 / (many / regions.len() + 1);
        let (year, month) = (2025 + month / 12, month % 12 + 1);
        rows.push(Row {
            region: regions[at * regions.len() / many].parse().unwrap(),
            day: i32::try_from(year * 10_000 + month * 100 + 1 + chance % 28).unwrap(),
            kind: KINDS[chance % 4].to_owned(),
            project: projects.get(chance / 3 % 3).map(|p| p.parse().unwrap()),
            rung: i32::try_from(chance / 11 % 5).unwrap(),
            voided: chance % 13 == 0,
            counts: vec![
                (chance % 4 < 2).then(|| small(500)),
                (chance % 4 == 2).then(|| small(3) * 1_000),
                (chance % 5 != 0).then(|| 9_000_000_000_000 / i64::try_from(many).unwrap() * small(100) - 70_001),
            ],
        });
    }
    rows.sort_by(|a, b| (a.region, &a.kind, a.day).cmp(&(b.region, &b.kind, b.day)));
    rows
}

/// The snapshot of these rows, `part_rows` to a file.
pub(crate) fn snapshot(folder: &Path, rows: &[Row], part_rows: u64) -> Snapshot {
    let mut writer = Writer::create(folder, shape(), part_rows).unwrap();
    for row in rows {
        writer.push(row).unwrap();
    }
    let manifest = writer.finish(Moment::from_millis(1_795_255_509_123), chain()).unwrap();
    let snapshot = Snapshot::open(folder).unwrap();
    assert_eq!(*snapshot.manifest(), manifest);
    snapshot
}

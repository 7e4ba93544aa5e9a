//! Records and their sums as a table by hand, which the app's own queries are held against too (`store/tests/evidence_sums.rs`): what a
//! snapshot answers is what the app answers, with void records in no sum, from any rung on, for any region, kind, project and month.

use keqiao_access::RegionLevel;
use keqiao_cluster::{Depth, Line, Question, Row, Shape, Snapshot, Writer, ask};

use crate::rows::chain;

const RECORDS_CSV: &str = include_str!("data/records.csv");
const SUMS_CSV: &str = include_str!("data/sums.csv");

fn lines(csv: &str) -> impl Iterator<Item = Vec<&str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect())
}

/// As `snapshot` makes it of a record: a count of 0 is one that the record does not state.
fn row(fields: &[&str]) -> Row {
    let count = |text: &&str| Some(text.parse().unwrap()).filter(|n| *n != 0);
    Row {
        region: fields[0].parse().unwrap(),
        kind: fields[1].into(),
        day: fields[2].replace('-', "").parse().unwrap(),
        project: (!fields[3].is_empty()).then(|| fields[3].parse().unwrap()),
        rung: fields[4].parse().unwrap(),
        voided: fields[5] == "void",
        counts: fields[6..10].iter().map(count).collect(),
    }
}

#[tokio::test]
async fn a_snapshot_answers_what_the_app_answers() {
    let folder = tempfile::tempdir().unwrap();
    let shape = Shape::new(["people", "sessions", "copies", "money"]).unwrap();
    let mut writer = Writer::create(folder.path(), shape, 50).unwrap();
    for fields in lines(RECORDS_CSV) {
        writer.push(&row(&fields)).unwrap();
    }
    writer.finish(keqiao_base::Moment::from_millis(0), chain()).unwrap();
    let snapshot = Snapshot::open(folder.path()).unwrap();
    let mut compared = 0;
    for rung_min in [0, 1, 4] {
        for project in ["", "0190f3c2a1b47c3d8e9f001122334455"] {
            for (depth, level) in [
                (Depth::County, RegionLevel::County),
                (Depth::City, RegionLevel::City),
                (Depth::Province, RegionLevel::Province),
            ] {
                let question = Question { depth, rung_min, project: project.parse().ok(), ..Question::default() };
                let told = |l: &Line| {
                    [l.region.code(), l.kind.clone(), l.count.clone(), l.month.to_string(), l.sum.to_string()]
                };
                let answer = ask(&snapshot, &question).await.unwrap();
                let got: Vec<_> = answer.lines.iter().filter(|l| l.sum != 0).map(told).collect();
                let asked = |f: &Vec<&str>| {
                    let region: keqiao_access::RegionCode = f[2].parse().unwrap();
                    f[0] == rung_min.to_string() && f[1] == project && region.level() == level
                };
                let wanted: Vec<[String; 5]> =
                    lines(SUMS_CSV).filter(asked).map(|f| std::array::from_fn(|at| f[at + 2].to_owned())).collect();
                assert_eq!(got, wanted, "{question:?}");
                compared += got.len();
            }
        }
    }
    assert_eq!(compared, SUMS_CSV.lines().count() - 1, "every sum of the table");
}

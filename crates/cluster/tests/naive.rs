//! The answer by the plainest means: every row looked at, sums in a map. What the engine is held against.

use std::collections::BTreeMap;

use keqiao_access::RegionCode;
use keqiao_cluster::{Depth, Line, Month, Question, RECORDS, Row};

use crate::rows::shape;

pub(crate) fn lines(rows: &[Row], question: &Question) -> Vec<Line> {
    let mut sums: BTreeMap<(RegionCode, String, String, Month), (i64, i64)> = BTreeMap::new();
    for row in rows.iter().filter(|row| counts(row, question)) {
        let region = above(row.region, question.depth);
        let month = Month::of_day(row.day).unwrap();
        let mut add = |count: &str, sum: i64| {
            let line = sums.entry((region, row.kind.clone(), count.to_owned(), month)).or_default();
            *line = (line.0 + 1, line.1 + sum);
        };
        add(RECORDS, 1);
        for (code, count) in shape().counts().iter().zip(&row.counts) {
            if let Some(count) = count {
                add(code, *count);
            }
        }
    }
    let line = |((region, kind, count, month), (records, sum))| Line { region, kind, count, month, records, sum };
    sums.into_iter().map(line).collect()
}

fn counts(row: &Row, question: &Question) -> bool {
    let month = Month::of_day(row.day).unwrap();
    !row.voided
        && question.region.is_none_or(|within| within.contains(row.region))
        && question.from.is_none_or(|from| from <= month)
        && question.to.is_none_or(|to| month <= to)
        && question.kind.as_ref().is_none_or(|kind| *kind == row.kind)
        && question.project.is_none_or(|project| Some(project) == row.project)
        && row.rung >= question.rung_min
}

/// The region that holds it, by its digits.
fn above(region: RegionCode, depth: Depth) -> RegionCode {
    let code = region.code();
    let kept = match depth {
        Depth::County => 6,
        Depth::City => 4,
        Depth::Province => 2,
    };
    format!("{:0<6}", &code[..kept]).parse().unwrap()
}

//! The question as SQL, one text for one machine and for many. Only codes and whole numbers get into it.

use std::fmt::Write as _;

use crate::{Depth, Question, Shape};

/// The table that the question is asked of.
pub const TABLE: &str = "evidence";

/// The column of a count.
pub fn count_column(code: &str) -> String {
    format!("c_{code}")
}

/// The one `SELECT` that answers a question over snapshots of this shape: region, kind and month, how many records, and for each count its
/// sum and how many records have it. Whole numbers only, so that no order of adding changes a digit. Call [`Question::check`] first.
pub fn select(question: &Question, shape: &Shape) -> String {
    let region = match question.depth {
        Depth::County => "region",
        Depth::City => "region / 100 * 100",
        Depth::Province => "region / 10000 * 10000",
    };
    let mut sql = format!("SELECT {region} AS region, kind, month, count(*) AS records");
    for code in shape.counts() {
        let column = count_column(code);
        // Writing into a string cannot fail.
        let _ = write!(sql, ", sum({column}) AS sum_{code}, count({column}) AS n_{code}");
    }
    let _ = write!(sql, " FROM {TABLE} WHERE NOT voided");
    if let Some(within) = question.region {
        let _ = write!(sql, " AND region BETWEEN {} AND {}", within.first().code(), within.last().code());
    }
    for (month, than) in [(question.from, ">="), (question.to, "<=")] {
        if let Some(month) = month {
            let _ = write!(sql, " AND month {than} {}", month.number());
        }
    }
    if let Some(kind) = &question.kind {
        let _ = write!(sql, " AND kind = '{kind}'");
    }
    if let Some(project) = question.project {
        let _ = write!(sql, " AND project = '{project}'");
    }
    if question.rung_min > 0 {
        let _ = write!(sql, " AND rung >= {}", question.rung_min);
    }
    let _ = write!(sql, " GROUP BY {region}, kind, month");
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_becomes_one_select() {
        let shape = Shape::new(["people", "money"]).unwrap();
        assert_eq!(
            select(&Question::default(), &shape),
            "SELECT region AS region, kind, month, count(*) AS records, sum(c_people) AS sum_people, count(c_people) AS n_people, \
             sum(c_money) AS sum_money, count(c_money) AS n_money FROM evidence WHERE NOT voided GROUP BY region, kind, month"
        );
        let question = Question {
            depth: Depth::City,
            region: Some("510700".parse().unwrap()),
            from: Some("2026-01".parse().unwrap()),
            to: Some("2026-06".parse().unwrap()),
            kind: Some("training".into()),
            project: Some("0190f3c2a1b47c3d8e9f001122334455".parse().unwrap()),
            rung_min: 2,
        };
        assert_eq!(
            select(&question, &Shape::new(Vec::<String>::new()).unwrap()),
            "SELECT region / 100 * 100 AS region, kind, month, count(*) AS records FROM evidence WHERE NOT voided \
             AND region BETWEEN 510700 AND 510799 AND month >= 202601 AND month <= 202606 AND kind = 'training' \
             AND project = '0190f3c2a1b47c3d8e9f001122334455' AND rung >= 2 GROUP BY region / 100 * 100, kind, month"
        );
    }
}

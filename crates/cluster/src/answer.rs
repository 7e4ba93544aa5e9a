//! The answer: one line for each region × indicator × month, sorted, the same from one machine and from many.

use std::io::{self, Write};

use keqiao_access::RegionCode;
use serde::{Deserialize, Serialize};

use crate::{ChainEnd, Manifest, Month, RECORDS, Shape};

/// One line: a count of a kind of evidence in a region and a month.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// The region, or the city or province above when it was asked for so.
    pub region: RegionCode,
    /// The indicator: kind of evidence, by its code…
    pub kind: String,
    /// …and which count of it, by its code; [`RECORDS`] for the records themselves.
    pub count: String,
    /// The month that it happened in.
    pub month: Month,
    /// The records behind the sum: those that say this count.
    pub records: i64,
    /// The sum; of money in 分.
    pub sum: i64,
}

/// The answer to a question, with the snapshot that it holds for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The evidence chain that the snapshot was taken at.
    pub chain: ChainEnd,
    /// Counties that the question is about and that the snapshot holds nothing of: not nothing done, but nothing known.
    pub absent: Vec<RegionCode>,
    /// The lines, sorted by region, kind, count, month. A count that no record says has no line.
    pub lines: Vec<Line>,
}

impl Answer {
    /// The sum of each count over all lines, in the order of the shape, and the number of records.
    fn totals(&self, shape: &Shape) -> (i128, Vec<i128>) {
        let sum = |count: &str| self.lines.iter().filter(|l| l.count == count).map(|l| i128::from(l.sum)).sum();
        (sum(RECORDS), shape.counts().iter().map(|c| sum(c)).collect())
    }

    /// Whether it sums up to the control totals of the snapshot, as the answer to a question about all must.
    pub fn agrees_with(&self, manifest: &Manifest) -> bool {
        let (records, sums) = self.totals(&manifest.counts);
        let wanted = i128::from(manifest.totals.rows) - i128::from(manifest.totals.voided);
        records == wanted && sums.iter().zip(&manifest.totals.sums).all(|(got, wanted)| *got == i128::from(*wanted))
    }

    /// As lines of CSV with a heading.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_csv(&self, mut to: impl Write) -> io::Result<()> {
        writeln!(to, "region,kind,count,month,records,sum")?;
        for line in &self.lines {
            // Codes and numbers only: nothing needs quotes.
            let Line { region, kind, count, month, records, sum } = line;
            writeln!(to, "{},{kind},{count},{month},{records},{sum}", region.code())?;
        }
        to.flush()
    }
}

#[cfg(test)]
mod tests {
    use keqiao_base::Moment;

    use super::*;
    use crate::Totals;

    fn line(count: &str, records: i64, sum: i64) -> Line {
        let (region, month) = ("510104".parse().unwrap(), "2026-03".parse().unwrap());
        Line { region, kind: "training".into(), count: count.into(), month, records, sum }
    }

    #[test]
    fn control_totals_catch_a_line_lost_or_twice() {
        let chain = ChainEnd { seq: 9, hash: "ab".into() };
        let manifest = Manifest {
            form: 1,
            at: Moment::from_millis(0),
            chain: chain.clone(),
            counts: Shape::new(["money", "people"]).unwrap(),
            parts: Vec::new(),
            totals: Totals { rows: 4, voided: 1, sums: vec![-5, 42], sizes: vec![5, 42] },
            regions: [("510104".parse().unwrap(), 4)].into(),
        };
        let lines = vec![line("money", 1, -5), line("people", 2, 42), line(RECORDS, 3, 3)];
        let answer = Answer { chain, absent: Vec::new(), lines };
        assert!(answer.agrees_with(&manifest));
        for lost in 0..3 {
            let mut less = answer.clone();
            less.lines.remove(lost);
            assert!(!less.agrees_with(&manifest), "without line {lost}");
            let mut more = answer.clone();
            more.lines.push(answer.lines[lost].clone());
            assert!(!more.agrees_with(&manifest), "line {lost} twice");
        }
    }

    #[test]
    fn csv_is_plain() {
        let answer = Answer {
            chain: ChainEnd { seq: 1, hash: "ab".into() },
            absent: Vec::new(),
            lines: vec![line("people", 2, 42)],
        };
        let mut csv = Vec::new();
        answer.write_csv(&mut csv).unwrap();
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            "region,kind,count,month,records,sum\n510104,training,people,2026-03,2,42\n"
        );
    }
}

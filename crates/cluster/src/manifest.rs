//! What a snapshot says of itself: its parts with their hashes, how many rows, the chain it was taken at, and control totals.

use std::collections::BTreeMap;

use keqiao_access::RegionCode;
use keqiao_base::Moment;
use serde::{Deserialize, Serialize};

use crate::{Row, Shape};

/// The file of the manifest. It is written last: a snapshot without it was not finished.
pub const MANIFEST: &str = "snapshot.json";

/// The form of snapshots that this version writes and reads.
pub(crate) const FORM: u32 = 1;

/// The end of the evidence chain: everything up to this number is in the snapshot, nothing after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainEnd {
    /// The number of the last record; 0 when there was none.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// Sums over rows, for control. Void rows are counted apart and are in no sum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows, void ones too.
    pub rows: u64,
    /// Void rows.
    pub voided: u64,
    /// The sum of each count, in the order of the shape; money in 分.
    pub sums: Vec<i64>,
    /// The sum of each count without its signs. As long as it fits 64 bits, no sum over any of the rows, in any order, can run over.
    pub sizes: Vec<i64>,
}

/// One file of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name within the folder.
    pub file: String,
    /// The first region in it.
    pub first: RegionCode,
    /// The last region in it.
    pub last: RegionCode,
    /// How large, in bytes.
    pub bytes: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub totals: Totals,
}

/// The manifest of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the snapshot: 1.
    pub form: u32,
    /// When it was taken.
    pub at: Moment,
    /// The evidence chain that it was taken at.
    pub chain: ChainEnd,
    /// Its counts, in the order of the columns.
    pub counts: Shape,
    /// Its files, in the order of regions.
    pub parts: Vec<Part>,
    /// What is in all files together.
    pub totals: Totals,
    /// The regions that there is anything of, with how many rows, void ones too.
    pub regions: BTreeMap<RegionCode, u64>,
}

impl Totals {
    /// Nothing yet, for so many counts.
    pub fn of(shape: &Shape) -> Totals {
        let none = vec![0; shape.counts().len()];
        Totals { rows: 0, voided: 0, sums: none.clone(), sizes: none }
    }

    /// Adds a row. `None` when a sum would leave 64 bits: then nothing may be added up.
    pub fn add(&mut self, row: &Row) -> Option<()> {
        self.rows += 1;
        if row.voided {
            self.voided += 1;
            return Some(());
        }
        for ((sum, size), count) in self.sums.iter_mut().zip(&mut self.sizes).zip(&row.counts) {
            let count = count.unwrap_or(0);
            *size = size.checked_add(count.checked_abs()?)?;
            // Never larger than the size.
            *sum += count;
        }
        Some(())
    }

    /// Adds other rows. `None` when a sum would leave 64 bits, or they are of another shape.
    pub fn merge(&mut self, other: &Totals) -> Option<()> {
        if other.sums.len() != self.sums.len() || other.sizes.len() != self.sizes.len() {
            return None;
        }
        self.rows = self.rows.checked_add(other.rows)?;
        self.voided = self.voided.checked_add(other.voided)?;
        for (mine, theirs) in self.sizes.iter_mut().zip(&other.sizes).chain(self.sums.iter_mut().zip(&other.sums)) {
            *mine = mine.checked_add(*theirs)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(voided: bool, counts: &[Option<i64>]) -> Row {
        let region = "510104".parse().unwrap();
        let kind = "training".to_owned();
        Row { region, day: 20_260_301, kind, project: None, rung: 0, voided, counts: counts.to_vec() }
    }

    #[test]
    fn void_rows_are_in_no_sum() {
        let shape = Shape::new(["people", "money"]).unwrap();
        let mut totals = Totals::of(&shape);
        totals.add(&row(false, &[Some(30), None])).unwrap();
        totals.add(&row(true, &[Some(500), Some(1)])).unwrap();
        totals.add(&row(false, &[Some(12), Some(-700)])).unwrap();
        assert_eq!(totals, Totals { rows: 3, voided: 1, sums: vec![42, -700], sizes: vec![42, 700] });
        let mut both = totals.clone();
        both.merge(&totals).unwrap();
        assert_eq!(both, Totals { rows: 6, voided: 2, sums: vec![84, -1400], sizes: vec![84, 1400] });
        assert_eq!(both.merge(&Totals::of(&Shape::new(["people"]).unwrap())), None, "another shape");
    }

    #[test]
    fn sums_that_could_run_over_are_not_begun() {
        let shape = Shape::new(["money"]).unwrap();
        let mut totals = Totals::of(&shape);
        totals.add(&row(false, &[Some(i64::MAX)])).unwrap();
        assert_eq!(totals.clone().add(&row(false, &[Some(1)])), None);
        assert_eq!(totals.clone().add(&row(false, &[Some(-1)])), None, "in another order this one would run over");
        assert_eq!(Totals::of(&shape).add(&row(false, &[Some(i64::MIN)])), None);
        assert_eq!(totals.clone().merge(&totals), None);
    }
}

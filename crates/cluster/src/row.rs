//! One record of evidence as a snapshot keeps it, and which counts a snapshot has.

use keqiao_access::RegionCode;
use keqiao_base::ProjectId;
use serde::{Deserialize, Deserializer, Serialize};

/// The count that every record has: itself.
pub const RECORDS: &str = "records";
/// The code under which money goes, in 分, among the other counts.
pub const MONEY: &str = "money";

/// Most counts that a snapshot may have: each is a column.
const COUNTS_MAX: usize = 64;

/// One record of evidence. No names, no places finer than the region, no files: a snapshot leaves the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The region of the association that holds the record.
    pub region: RegionCode,
    /// The day that it happened on, in eight digits: `20260331`.
    pub day: i32,
    /// Kind of evidence, by its code.
    pub kind: String,
    /// The project, if it belongs to one.
    pub project: Option<ProjectId>,
    /// The rung of the ladder, from 0.
    pub rung: i32,
    /// Whether it was voided. Such rows are kept, and never counted.
    pub voided: bool,
    /// How many of each count of the [`Shape`], in its order; money in 分. `None` where the record does not say.
    pub counts: Vec<Option<i64>>,
}

/// The counts of a snapshot, by their codes, in the order of its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Shape(Vec<String>);

impl Shape {
    /// The shape with these counts; `None` when one is not a plain code, stands twice, is [`RECORDS`], or they are too many.
    pub fn new<C: Into<String>>(counts: impl IntoIterator<Item = C>) -> Option<Shape> {
        let counts: Vec<String> = counts.into_iter().map(Into::into).collect();
        let once = |at: usize| !counts.iter().take(at).any(|c| *c == counts[at]);
        let fine = (0..counts.len()).all(|at| is_code(&counts[at]) && counts[at] != RECORDS && once(at));
        (fine && counts.len() <= COUNTS_MAX).then_some(Shape(counts))
    }

    /// The codes.
    pub fn counts(&self) -> &[String] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Shape::new(Vec::<String>::deserialize(d)?)
            .ok_or_else(|| serde::de::Error::custom("not the counts of a snapshot"))
    }
}

/// Whether it is a plain code: lower-case letters, digits and `_`, at most 40, a letter first. Only such words get into SQL.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_codes_that_stand_once_are_counts() {
        assert!(Shape::new(["people", "sessions", MONEY]).is_some());
        assert!(Shape::new(Vec::<String>::new()).is_some(), "records alone can be counted");
        for wrong in ["", "People", "人次", "a b", "a\"b", "1st", "a;--", RECORDS] {
            assert_eq!(Shape::new(["people", wrong]), None, "{wrong}");
        }
        assert_eq!(Shape::new(["people", "people"]), None);
        assert_eq!(Shape::new((0..65).map(|n| format!("c{n}"))), None);
        assert!(serde_json::from_str::<Shape>(r#"["people","1; DROP"]"#).is_err());
    }
}

//! What is asked: which rows count, and how finely regions are told apart.

use keqiao_access::RegionCode;
use keqiao_base::{Kind, ProjectId, Refusal, coded};

use crate::Month;
use crate::row::is_code;

coded! {
    /// How finely regions are told apart.
    pub enum Depth {
        /// As recorded: each association by itself.
        County = "county" => ("按县", "By county"),
        /// A city with its counties.
        City = "city" => ("按市", "By city"),
        /// The whole province.
        Province = "province" => ("按省", "By province"),
    }
}

/// A question about a snapshot: the sums of every count, by region × indicator (kind and count) × month. Without anything set, of all
/// records that are not void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// How finely regions are told apart.
    pub depth: Depth,
    /// Only of this region and what lies within.
    pub region: Option<RegionCode>,
    /// Not before this month.
    pub from: Option<Month>,
    /// Not after this month.
    pub to: Option<Month>,
    /// Only this kind, by its code.
    pub kind: Option<String>,
    /// Only of this project.
    pub project: Option<ProjectId>,
    /// Only on this rung or a higher one; 0 for all.
    pub rung_min: i32,
}

impl Default for Question {
    fn default() -> Self {
        Question { depth: Depth::County, region: None, from: None, to: None, kind: None, project: None, rung_min: 0 }
    }
}

impl Question {
    /// Whether every record that is not void is asked for, so that the answer must sum up to the snapshot's control totals.
    pub fn is_about_all(&self) -> bool {
        Question { depth: Depth::County, ..self.clone() } == Question::default()
    }

    /// Refuses what cannot be meant.
    ///
    /// # Errors
    /// `rollup.question`: months the wrong way round, or a kind that is no code.
    pub fn check(&self) -> Result<(), Refusal> {
        let refuse = |zh: String, en: String| Err(Refusal::new(Kind::Invalid, "rollup.question", zh, en));
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return refuse(
                format!("起始月份{from}晚于截止月份{to}。"),
                format!("The first month, {from}, is after the last, {to}."),
            );
        }
        match &self.kind {
            Some(kind) if !is_code(kind) => refuse(
                format!("“{kind}”不是佐证类型的代码。"),
                format!("“{kind}” is not the code of a kind of evidence."),
            ),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_refused() {
        let month = |text: &str| Some(text.parse::<Month>().unwrap());
        assert!(Question::default().check().is_ok());
        assert!(Question { from: month("2026-01"), to: month("2026-01"), ..Question::default() }.check().is_ok());
        let backwards = Question { from: month("2026-02"), to: month("2026-01"), ..Question::default() };
        assert_eq!(backwards.check().unwrap_err().code, "rollup.question");
        assert!(Question { kind: Some("x' OR '1'='1".into()), ..Question::default() }.check().is_err());
    }

    #[test]
    fn any_depth_is_about_all_and_any_filter_is_not() {
        assert!(Question { depth: Depth::Province, ..Question::default() }.is_about_all());
        assert!(!Question { rung_min: 1, ..Question::default() }.is_about_all());
        assert!(!Question { region: Some("510000".parse().unwrap()), ..Question::default() }.is_about_all());
    }
}

//! The measure (取数规则) of an indicator: which query gives the actual. It is data, stored with the indicator and shown to the reader;
//! `store` answers it.

use keqiao_base::ProjectId;
use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

/// Where the actual of an indicator comes from.
///
/// ```
/// use keqiao_performance::Measure;
/// let measure: Measure = serde_json::from_str(r#"{"from":"evidence","kind":"training","count":"people"}"#).unwrap();
/// assert_eq!(measure, Measure::evidence("training", Some("people")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Measure {
    /// The sum of one count over evidence of the year, or the number of records.
    Evidence {
        /// Kind of evidence (its code): training, lecture, …; every kind when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
        /// Which count is summed (its code): people, sessions, copies, …; the number of records when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        count: Option<String>,
        /// Only evidence of this project.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Only evidence of this region (six digits), with what lies in it; the department's own region when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        /// Only evidence on this rung of the ladder (its code) or a higher one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rung_min: Option<String>,
    },
    /// Money executed in the year, in 元.
    Ledger {
        /// Only of this project.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
        /// Only functional codes that begin so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        function: Option<String>,
        /// Only economic codes that begin so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        economic: Option<String>,
    },
    /// One measure over another, in percent.
    Share {
        /// What is counted.
        part: Box<Measure>,
        /// Out of what.
        whole: Box<Measure>,
    },
    /// Satisfied over valid answers, in percent, from survey evidence (PR-19).
    Satisfaction {
        /// Only surveys of this project.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        project: Option<ProjectId>,
    },
    /// A person states it, signs, and attaches a file.
    #[default]
    Statement,
}

/// What a measure gave: the value with what is behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The value in the indicator's unit; `None` when there is nothing to divide by.
    pub value: Option<Decimal>,
    /// Rows of evidence or of the ledger behind it. For a satisfaction: valid answers (n).
    pub rows: i64,
    /// The end of the evidence chain that it was read at; 0 where no evidence was read.
    pub chain: i64,
}

impl Measure {
    /// The sum of a count (or the number of records) over one kind of evidence.
    pub fn evidence(kind: &str, count: Option<&str>) -> Measure {
        let (kind, count) = (Some(kind.to_owned()), count.map(str::to_owned));
        Measure::Evidence { kind, count, project: None, region: None, rung_min: None }
    }

    /// The same measure for one project, wherever it does not name one already.
    #[must_use]
    pub fn of_project(self, of: ProjectId) -> Measure {
        match self {
            Measure::Evidence { kind, count, project, region, rung_min } => {
                Measure::Evidence { kind, count, project: project.or(Some(of)), region, rung_min }
            }
            Measure::Ledger { project, function, economic } => {
                Measure::Ledger { project: project.or(Some(of)), function, economic }
            }
            Measure::Share { part, whole } => {
                Measure::Share { part: Box::new(part.of_project(of)), whole: Box::new(whole.of_project(of)) }
            }
            Measure::Satisfaction { project } => Measure::Satisfaction { project: project.or(Some(of)) },
            Measure::Statement => Measure::Statement,
        }
    }

    /// Whether a person states the value.
    pub fn is_stated(&self) -> bool {
        matches!(self, Measure::Statement)
    }

    /// Which of the five it is, for people.
    pub fn title(&self) -> Bilingual {
        let (zh, en) = match self {
            Measure::Evidence { .. } => ("由佐证汇总", "From evidence"),
            Measure::Ledger { .. } => ("由支出明细汇总", "From the ledger"),
            Measure::Share { .. } => ("两项之比", "One over another"),
            Measure::Satisfaction { .. } => ("由满意度调查计算", "From surveys"),
            Measure::Statement => ("由负责人填报并签字", "Stated and signed"),
        };
        Bilingual::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_goes_through_json_unchanged() {
        let people = Measure::evidence("training", Some("people"));
        let all = [
            people.clone(),
            Measure::Ledger { project: None, function: Some("2060702".into()), economic: None },
            Measure::Share { part: Box::new(people.clone()), whole: Box::new(Measure::Statement) },
            Measure::Satisfaction { project: None },
            Measure::Statement,
        ];
        for measure in all {
            let json = serde_json::to_string(&measure).unwrap();
            assert_eq!(serde_json::from_str::<Measure>(&json).unwrap(), measure, "{json}");
        }
        assert!(serde_json::from_str::<Measure>(r#"{"from":"ledger","kind":"x"}"#).is_err());
    }
}

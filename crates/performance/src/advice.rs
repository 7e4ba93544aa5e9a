//! Advice while one writes a target: the four tests that every target must pass (PR-5), as remarks that one may follow or not. What stops
//! the submission is an `Objection`.

mod amount;
mod matching;
mod pointed;
mod quantified;
mod reasonable;
mod words;

use keqiao_i18n::Bilingual;
use serde::Serialize;

use crate::Target;

keqiao_base::coded! {
    /// The four tests.
    pub enum Criterion {
        /// It names what this project does, for whom.
        Pointed = "pointed" => ("指向明确", "To the point"),
        /// It has numbers, or levels that can be told apart.
        Quantified = "quantified" => ("细化量化", "In numbers"),
        /// It can be reached, and takes an effort.
        Reasonable = "reasonable" => ("合理可行", "Reasonable"),
        /// It fits the money.
        Matching = "matching" => ("相应匹配", "Matching the money"),
    }
}

keqiao_base::coded! {
    /// Which field the remark stands at.
    pub enum Field {
        /// 年度总体目标.
        Goal = "goal" => ("总体目标", "Goal"),
        /// The name of the indicator.
        Name = "name" => ("指标名称", "Name"),
        /// The target value or level text.
        Value = "value" => ("指标值", "Target"),
        /// The unit.
        Unit = "unit" => ("计量单位", "Unit"),
        /// What one unit costs, or the ceiling of a cost.
        Cost = "cost" => ("成本", "Cost"),
        /// The list of indicators as a whole.
        List = "list" => ("指标列表", "Indicators"),
    }
}

/// One remark: what is odd, with the numbers, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The stable code: `quantified.vague`.
    pub code: &'static str,
    /// Which of the four tests.
    pub criterion: Criterion,
    /// Which indicator, by its place; none when it is about the whole.
    pub indicator: Option<usize>,
    /// At which field.
    pub field: Field,
    /// What is odd and what to do.
    pub message: Bilingual,
}

/// What is known around a target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// The duties of the body (职能) as they stand in its papers; empty when not at hand.
    pub duties: &'a str,
    /// The profile says that satisfaction does not apply.
    pub no_satisfaction: bool,
}

/// Everything that is odd about a target as it stands, in the order of the tests; indicators that do not apply are left out (PR-13).
pub fn advise(target: &Target, around: &Around<'_>) -> Vec<Advice> {
    let mut found = pointed::advise(target, around.duties);
    found.extend(quantified::advise(target, around.no_satisfaction));
    found.extend(reasonable::advise(target));
    found.extend(matching::advise(target));
    found
}

/// Indicators that apply, with their places.
fn applying(target: &Target) -> impl Iterator<Item = (usize, &crate::Indicator)> {
    target.indicators.iter().enumerate().filter(|(_, i)| i.applies)
}

/// A remark at a field.
fn remark(
    code: &'static str,
    criterion: Criterion,
    indicator: Option<usize>,
    field: Field,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Advice {
    Advice { code, criterion, indicator, field, message: Bilingual::new(zh, en) }
}

#[cfg(test)]
mod tests;

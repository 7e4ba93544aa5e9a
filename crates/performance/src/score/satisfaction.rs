//! PR-19: satisfaction is counted from valid answers, with n; points in proportion, by steps or by bands.

use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, positive};

/// The answers to a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Very satisfied.
    pub very: u64,
    /// Satisfied.
    pub satisfied: u64,
    /// All valid answers: n.
    pub valid: u64,
}

impl Answers {
    /// Satisfied and very satisfied, in percent of the valid answers. None when there is none, or fewer than the satisfied.
    pub fn percent(self) -> Option<Fraction> {
        let content = self.very.checked_add(self.satisfied).filter(|c| *c <= self.valid)?;
        Fraction::over(Decimal::from(content).saturating_mul(Decimal::ONE_HUNDRED), Decimal::from(self.valid))
    }
}

/// From `from` percent on, `percent` of the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Least percent, included.
    pub from: Decimal,
    /// Percent of the weight.
    pub percent: Decimal,
}

/// How satisfaction becomes points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SatisfactionWay {
    /// Against the target, as PR-14.
    AgainstTarget,
    /// Full from `full_from` percent on; each whole `step` points below it lose `loses` percent of the weight.
    Steps {
        /// Full from here on, in percent.
        full_from: Decimal,
        /// Percentage points of one step.
        step: Decimal,
        /// What a step loses, in percent of the weight.
        loses: Decimal,
    },
    /// By bands, best first; below the last there is nothing.
    Bands(Vec<Step>),
}

/// The points for satisfaction, both in percent.
pub fn satisfaction(way: &SatisfactionWay, weight: Decimal, target: Decimal, actual: Decimal) -> Fraction {
    let part = |percent: Decimal| {
        Fraction::over(weight.saturating_mul(percent), Decimal::ONE_HUNDRED)
            .map_or(Fraction::ZERO, |f| f.within(weight))
    };
    match way {
        SatisfactionWay::AgainstTarget => positive(weight, target, actual),
        SatisfactionWay::Steps { full_from, .. } if actual >= *full_from => Fraction::whole(weight),
        SatisfactionWay::Steps { full_from, step, loses } => {
            let steps = full_from.saturating_sub(actual).checked_div(*step).unwrap_or(Decimal::MAX).floor();
            part(Decimal::ONE_HUNDRED.saturating_sub(steps.saturating_mul(*loses)))
        }
        SatisfactionWay::Bands(bands) => {
            bands.iter().find(|b| actual >= b.from).map_or(Fraction::ZERO, |b| part(b.percent))
        }
    }
}

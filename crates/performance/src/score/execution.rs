//! PR-20: points for executing the budget. The divisor is the budget of the whole year after adjustment, not the one of its start.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, Step};

/// How execution becomes points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ExecutionWay {
    /// `w × min(1, executed ÷ budget)`.
    Ratio,
    /// By bands of the rate in percent, best first; below the last there is nothing.
    Bands(Vec<Step>),
}

/// The points for execution, and what is odd about the amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Execution {
    /// Executed in percent of the budget; none without a budget.
    pub rate: Option<Fraction>,
    /// The points.
    pub score: Fraction,
    /// There is no budget: nothing is given, and somebody must look.
    pub no_budget: bool,
    /// More was executed than budgeted.
    pub over_budget: bool,
}

/// Scores the execution of a year's budget (PR-20).
pub fn execution(way: &ExecutionWay, weight: Decimal, budget: Fen, executed: Fen) -> Execution {
    let (whole, part) = (Decimal::from(budget.get()), Decimal::from(executed.get()));
    let rate =
        (whole > Decimal::ZERO).then(|| Fraction::over(part.saturating_mul(Decimal::ONE_HUNDRED), whole)).flatten();
    let score = match (way, rate) {
        (_, None) => Fraction::ZERO,
        (ExecutionWay::Ratio, Some(_)) => {
            Fraction::over(weight.saturating_mul(part), whole).map_or(Fraction::ZERO, |f| f.within(weight))
        }
        (ExecutionWay::Bands(bands), Some(rate)) => bands
            .iter()
            .find(|b| rate.at_least(b.from))
            .and_then(|b| Fraction::over(weight.saturating_mul(b.percent), Decimal::ONE_HUNDRED))
            .map_or(Fraction::ZERO, |f| f.within(weight)),
    };
    Execution { rate, score, no_budget: rate.is_none(), over_budget: executed > budget && rate.is_some() }
}

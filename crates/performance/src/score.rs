//! Scores (PR-14..23): one file per family of formulas, exact until they are rounded once, half up to a hundredth of a point.
//! Which formula and which numbers is the profile's; whose weight counts is `crate::weight`'s; where a reason is needed `crate::deviation`'s.

mod bands;
mod equal;
mod execution;
mod fraction;
mod level;
mod over;
mod positive;
mod range;
mod reverse;
mod satisfaction;
mod total;

pub use bands::{Band, band, is_partition};
pub use equal::equal;
pub use execution::{Execution, ExecutionWay, execution};
pub use fraction::{Fraction, half_up};
pub use level::{LevelRange, leveled};
pub use over::OverRule;
pub use positive::positive;
pub use range::{Range, ranged};
pub use reverse::{ReverseWay, reverse};
pub use satisfaction::{Answers, SatisfactionWay, Step, satisfaction};
pub use total::{total, total_agrees};

use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;

use crate::{Indicator, Level1, Operator, Profile, Reached};

keqiao_base::coded! {
    /// Which formula gave a score; shown beside it.
    pub enum Formula {
        /// PR-14.
        Positive = "positive" => ("达到指标值得满分，未达到按完成比例得分", "Full from the target on, in proportion below it"),
        /// PR-15.
        Equal = "equal" => ("等于指标值得满分，未达到按完成比例得分；指标值为零的，发生即不得分", "As agreed; when the target is zero, anything at all loses the points"),
        /// PR-6.
        Ranged = "range" => ("达到区间下限得满分，未达到按下限的完成比例得分", "Full from the lower end on, in proportion below it"),
        /// PR-16.
        Reverse = "reverse" => ("不超过指标值得满分，超过的按口径扣分", "Full up to the ceiling, less above it"),
        /// PR-17.
        Cut = "cut" => ("明显超出指标值，按偏离程度扣减", "Far over the target: cut by the deviation"),
        /// PR-18.
        Leveled = "level" => ("定性指标，在所选档次的范围内给分", "In words: within the range of the level"),
        /// PR-19.
        Satisfaction = "satisfaction" => ("按满意度得分", "By satisfaction"),
    }
}

/// A score with its formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Before rounding.
    pub exact: Fraction,
    /// Rounded half up to 0.01: what is printed and added up.
    pub points: Decimal,
    /// Which formula.
    pub formula: Formula,
    /// Far over the target: a reason is needed and the reviewer is asked whether the target was too low (PR-17).
    pub far_over: bool,
}

/// Scores an actual that is a number. `weight` is the one that counts (PR-13). None for an indicator in words, or without a target.
pub fn scored(profile: &Profile, weight: Decimal, indicator: &Indicator, actual: Decimal) -> Option<Scored> {
    let target = indicator.lower?;
    let (mut exact, mut formula) = match indicator.operator {
        Operator::Qualitative => return None,
        op if indicator.level1 == Level1::Satisfaction && !op.is_reverse() => {
            (satisfaction(&profile.satisfaction.value, weight, target, actual), Formula::Satisfaction)
        }
        Operator::AtLeast | Operator::MoreThan => (positive(weight, target, actual), Formula::Positive),
        Operator::Equal => (equal(weight, target, actual), Formula::Equal),
        Operator::Range => (ranged(weight, Range::new(target, indicator.upper?)?, actual), Formula::Ranged),
        Operator::AtMost | Operator::LessThan => {
            (reverse(profile.reverse.value, weight, target, actual), Formula::Reverse)
        }
    };
    let over = &profile.over.value;
    let far_over = !indicator.operator.is_reverse()
        && formula != Formula::Satisfaction
        && over.is_far_over(indicator.upper.unwrap_or(target), actual);
    if far_over && let Some(cut) = over.cut(weight, indicator.upper.unwrap_or(target), actual) {
        (exact, formula) = (cut, Formula::Cut);
    }
    Some(Scored { exact, points: exact.points(), formula, far_over })
}

/// Scores an indicator in words: the points that a person gives for a level, held against the range of the level (PR-18).
///
/// # Errors
///
/// Says which points the level allows.
pub fn judged(profile: &Profile, weight: Decimal, level: Reached, points: Decimal) -> Result<Scored, Bilingual> {
    let points = leveled(&profile.levels.value, weight, level, points)?;
    let exact = Fraction::whole(points);
    Ok(Scored { exact, points: exact.points(), formula: Formula::Leveled, far_over: false })
}

#[cfg(test)]
mod tests;

//! Weights (分值): the sums that must hold (PR-12), and what becomes of the weight of an indicator that does not apply (PR-13).

use std::collections::BTreeMap;

use keqiao_quantity::{Decimal, Printed};
use serde::{Deserialize, Serialize};

use crate::{Indicator, Level1, Level2, Objection};

keqiao_base::coded! {
    /// What becomes of the weight of indicators that do not apply (PR-13).
    pub enum NotApplicable {
        /// It goes to the others of the same branch.
        Redistribute = "redistribute" => ("在同一一级指标内重新分配", "Shared among the same branch"),
        /// The score is scaled to a hundred.
        Scale = "scale" => ("按百分制折算", "The score is scaled to a hundred"),
    }
}

/// How a hundred points are split.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// 预算执行率.
    pub execution: Decimal,
    /// By branch; a branch that is not named has no sum of its own.
    #[serde(default)]
    pub level1: BTreeMap<Level1, Decimal>,
    /// By twig, where the form prescribes it.
    #[serde(default)]
    pub level2: BTreeMap<Level2, Decimal>,
}

/// What is wrong with the weights (PR-12): each above 0, twigs and branches as split, all together 100 less the execution weight. Exact.
pub fn objections(indicators: &[Indicator], split: &Split) -> Vec<Objection> {
    let mut found = Vec::new();
    for (at, indicator) in indicators.iter().enumerate().filter(|(_, i)| i.weight <= Decimal::ZERO) {
        let zh = format!("“{}”的分值须大于0。", indicator.name);
        found.push(Objection::at(
            at,
            "weight.positive",
            zh,
            format!("The weight of “{}” must be above 0.", indicator.name),
        ));
    }
    let mut sum = |what: &str, en: &str, is: Decimal, should: Decimal| {
        if is != should {
            let (is, should) = (is.normalize(), should.normalize());
            let zh = format!("{what}的分值合计为{is}分，应为{should}分。");
            found.push(Objection::whole("weight.sum", zh, format!("{en}: the weights add up to {is}, not {should}.")));
        }
    };
    for (level2, should) in &split.level2 {
        let is = indicators.iter().filter(|i| i.level2 == *level2).map(|i| i.weight).sum();
        sum(level2.title().zh, level2.title().en, is, *should);
    }
    for (level1, should) in &split.level1 {
        let is = indicators.iter().filter(|i| i.level1 == *level1).map(|i| i.weight).sum();
        sum(level1.title().zh, level1.title().en, is, *should);
    }
    let is: Decimal = indicators.iter().map(|i| i.weight).sum();
    sum("全部指标", "All indicators", is, Decimal::ONE_HUNDRED - split.execution);
    found
}

/// The weights that count (PR-13), in the order of the indicators; 0 for one that does not apply. Redistributed ones are in hundredths, the
/// remainder goes to the largest fractions first, so that a branch keeps its sum; the weight of a branch where nothing applies is lost to it.
pub fn effective(indicators: &[Indicator], switch: NotApplicable) -> Vec<Decimal> {
    let mut weights: Vec<Decimal> =
        indicators.iter().map(|i| if i.applies { i.weight } else { Decimal::ZERO }).collect();
    if switch == NotApplicable::Scale {
        return weights;
    }
    for level1 in Level1::ALL {
        let here: Vec<usize> = (0..indicators.len()).filter(|at| indicators[*at].level1 == *level1).collect();
        let whole: Decimal = here.iter().map(|at| indicators[*at].weight).sum();
        let kept: Decimal = here.iter().map(|at| weights[*at]).sum();
        if kept.is_zero() || kept == whole {
            continue;
        }
        let exact: Vec<(usize, Decimal)> =
            here.iter().filter(|at| !weights[**at].is_zero()).map(|at| (*at, weights[*at] * whole / kept)).collect();
        share_out(&mut weights, &exact, whole);
    }
    weights
}

/// Rounds down to hundredths and gives what is left to the largest fractions.
fn share_out(weights: &mut [Decimal], exact: &[(usize, Decimal)], whole: Decimal) {
    let cent = Decimal::new(1, 2);
    let floor = |v: Decimal| (v / cent).floor() * cent;
    let mut rest = whole - exact.iter().map(|(_, v)| floor(*v)).sum::<Decimal>();
    let mut order: Vec<&(usize, Decimal)> = exact.iter().collect();
    order.sort_by(|a, b| (b.1 - floor(b.1)).cmp(&(a.1 - floor(a.1))).then(a.0.cmp(&b.0)));
    for (at, value) in exact {
        weights[*at] = floor(*value);
    }
    for (at, _) in order.into_iter().cycle() {
        if rest < cent {
            // Weights finer than a hundredth: the first one keeps the odd bit.
            weights[exact[0].0] += rest;
            break;
        }
        weights[*at] += cent;
        rest -= cent;
    }
}

/// The score of indicators that do not apply scaled away (PR-13): `score × 100 / applicable`, half up to 0.01.
pub fn scaled(score: Decimal, applicable: Decimal) -> Option<Decimal> {
    (!applicable.is_zero()).then(|| Printed::round(score * Decimal::ONE_HUNDRED / applicable, 2).value())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Operator;

    fn indicator(level2: Level2, weight: i64) -> Indicator {
        Indicator::new(level2, "x", Operator::AtLeast, 1.into(), "个", weight.into())
    }

    fn mof() -> Split {
        let level1 = [(Level1::Output, 50.into()), (Level1::Benefit, 30.into()), (Level1::Satisfaction, 10.into())];
        Split { execution: 10.into(), level1: level1.into(), level2: BTreeMap::new() }
    }

    #[test]
    fn sums_must_be_exact() {
        let good = [indicator(Level2::Quantity, 50), indicator(Level2::Lasting, 30), indicator(Level2::Served, 10)];
        assert_eq!(objections(&good, &mof()), []);
        let bad = [indicator(Level2::Quantity, 50), indicator(Level2::Lasting, 29), indicator(Level2::Served, 0)];
        let codes: Vec<&str> = objections(&bad, &mof()).iter().map(|o| o.code).collect();
        assert_eq!(codes, ["weight.positive", "weight.sum", "weight.sum", "weight.sum"]);
    }

    #[test]
    fn the_weight_of_what_does_not_apply_stays_in_its_branch() {
        let mut list = [
            indicator(Level2::Quantity, 10),
            indicator(Level2::Quality, 20),
            indicator(Level2::Timeliness, 20),
            indicator(Level2::Served, 10),
        ];
        list[1].applies = false;
        let weights = effective(&list, NotApplicable::Redistribute);
        let expected = [Decimal::new(1667, 2), 0.into(), Decimal::new(3333, 2), 10.into()];
        assert_eq!(weights, expected);
        assert_eq!(effective(&list, NotApplicable::Scale), [10.into(), 0.into(), 20.into(), Decimal::TEN]);
        assert_eq!(scaled(40.into(), 80.into()), Some(50.into()));
        assert_eq!(scaled(0.into(), 0.into()), None);
    }

    proptest! {
        #[test]
        fn a_branch_keeps_its_sum(list in prop::collection::vec((1i64..4000, any::<bool>()), 1..12)) {
            let list: Vec<Indicator> = list.into_iter().map(|(weight, applies)| {
                let mut i = indicator(Level2::Quantity, 1);
                (i.weight, i.applies) = (Decimal::new(weight, 2), applies);
                i
            }).collect();
            let whole: Decimal = list.iter().map(|i| i.weight).sum();
            let sum: Decimal = effective(&list, NotApplicable::Redistribute).into_iter().sum();
            let any = list.iter().any(|i| i.applies);
            prop_assert_eq!(sum, if any { whole } else { Decimal::ZERO });
        }
    }
}

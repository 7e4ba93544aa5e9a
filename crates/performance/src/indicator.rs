//! The indicator (三级指标) in its tree (PR-4): operator, target value or range, unit, weight, past, and the measure that gives its actual.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::Measure;

keqiao_base::coded! {
    /// How the actual is held against the target (PR-5, PR-6, PR-7).
    pub enum Operator {
        /// At least.
        AtLeast = "ge" => ("≥", "≥"),
        /// More than.
        MoreThan = "gt" => (">", ">"),
        /// Exactly.
        Equal = "eq" => ("=", "="),
        /// At most: a ceiling (PR-7).
        AtMost = "le" => ("≤", "≤"),
        /// Less than.
        LessThan = "lt" => ("<", "<"),
        /// From lower to upper (PR-6).
        Range = "range" => ("区间", "Range"),
        /// In words, with a level text.
        Qualitative = "text" => ("定性", "Qualitative"),
    }
}

impl Operator {
    /// Less is better (PR-16).
    pub const fn is_reverse(self) -> bool {
        matches!(self, Operator::AtMost | Operator::LessThan)
    }
}

keqiao_base::coded! {
    /// 一级指标.
    pub enum Level1 {
        /// Costs as a branch of their own (since 2021).
        Cost = "cost" => ("成本指标", "Cost"),
        /// What is produced.
        Output = "output" => ("产出指标", "Output"),
        /// What it brings.
        Benefit = "benefit" => ("效益指标", "Benefit"),
        /// What those served think.
        Satisfaction = "satisfaction" => ("满意度指标", "Satisfaction"),
    }
}

keqiao_base::coded! {
    /// 二级指标.
    pub enum Level2 {
        /// Economic costs.
        EconomicCost = "economic_cost" => ("经济成本指标", "Economic cost"),
        /// Costs to society.
        SocialCost = "social_cost" => ("社会成本指标", "Social cost"),
        /// Costs to the environment.
        EcologicalCost = "ecological_cost" => ("生态环境成本指标", "Ecological cost"),
        /// How much.
        Quantity = "quantity" => ("数量指标", "Quantity"),
        /// How good.
        Quality = "quality" => ("质量指标", "Quality"),
        /// How timely.
        Timeliness = "timeliness" => ("时效指标", "Timeliness"),
        /// At what cost, where costs are part of the output.
        OutputCost = "output_cost" => ("成本指标", "Cost"),
        /// For the economy.
        EconomicBenefit = "economic_benefit" => ("经济效益指标", "Economic benefit"),
        /// For society.
        SocialBenefit = "social_benefit" => ("社会效益指标", "Social benefit"),
        /// For the environment.
        EcologicalBenefit = "ecological_benefit" => ("生态效益指标", "Ecological benefit"),
        /// What lasts.
        Lasting = "lasting" => ("可持续影响指标", "Lasting effect"),
        /// Of those served.
        Served = "served" => ("服务对象满意度指标", "Satisfaction of those served"),
    }
}

impl Level2 {
    /// The branch it hangs on.
    pub const fn level1(self) -> Level1 {
        match self {
            Level2::EconomicCost | Level2::SocialCost | Level2::EcologicalCost => Level1::Cost,
            Level2::Quantity | Level2::Quality | Level2::Timeliness | Level2::OutputCost => Level1::Output,
            Level2::EconomicBenefit | Level2::SocialBenefit | Level2::EcologicalBenefit | Level2::Lasting => {
                Level1::Benefit
            }
            Level2::Served => Level1::Satisfaction,
        }
    }
}

keqiao_base::coded! {
    /// Which tree a form uses (PR-4).
    pub enum Tree {
        /// 产出 (with 成本), 效益, 满意度.
        Standard = "standard" => ("产出、效益、满意度", "Output, benefit, satisfaction"),
        /// 成本 as a branch of its own (2021 and later).
        Cost = "cost" => ("成本、产出、效益、满意度", "Cost, output, benefit, satisfaction"),
        /// The older form of Sichuan: 项目完成, 效益, 满意度.
        Completion = "completion" => ("项目完成、效益、满意度", "Completion, benefit, satisfaction"),
    }
}

impl Tree {
    /// The branches of this tree, in the order of the form.
    pub fn level1(self) -> &'static [Level1] {
        match self {
            Tree::Cost => Level1::ALL,
            Tree::Standard | Tree::Completion => &[Level1::Output, Level1::Benefit, Level1::Satisfaction],
        }
    }

    /// The twigs of this tree, in the order of the form.
    pub fn level2(self) -> Vec<Level2> {
        let here = |l: &Level2| match l.level1() {
            Level1::Cost => self == Tree::Cost,
            _ => *l != Level2::OutputCost || self != Tree::Cost,
        };
        Level2::ALL.iter().copied().filter(here).collect()
    }

    /// What the form calls a branch.
    pub fn branch(self, level1: Level1) -> keqiao_i18n::Fixed {
        match (self, level1) {
            (Tree::Completion, Level1::Output) => keqiao_i18n::Fixed { zh: "项目完成指标", en: "Completion" },
            _ => level1.title(),
        }
    }
}

/// What an indicator reached in an earlier year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The year.
    pub year: i32,
    /// Its target, where known.
    pub target: Option<Decimal>,
    /// Its actual.
    pub actual: Decimal,
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// 一级指标.
    pub level1: Level1,
    /// 二级指标.
    pub level2: Level2,
    /// 三级指标: its name.
    pub name: String,
    /// How the actual is held against the target.
    pub operator: Operator,
    /// The target value; the lower end of a range; nothing for a qualitative one.
    #[serde(default)]
    pub lower: Option<Decimal>,
    /// The upper end of a range.
    #[serde(default)]
    pub upper: Option<Decimal>,
    /// The level to be reached, in words: of a qualitative one.
    #[serde(default)]
    pub text: Option<String>,
    /// Unit of the target and the actual.
    #[serde(default)]
    pub unit: String,
    /// 分值. Points.
    pub weight: Decimal,
    /// Whether it applies this year (PR-13).
    #[serde(default = "applies")]
    pub applies: bool,
    /// What one unit costs, for cost × quantity (PR-5).
    #[serde(default)]
    pub unit_cost: Option<Fen>,
    /// The value that the target is compared with: usually last year's actual.
    #[serde(default)]
    pub baseline: Option<Decimal>,
    /// Earlier years, oldest first.
    #[serde(default)]
    pub history: Vec<Past>,
    /// What exactly is counted.
    #[serde(default)]
    pub definition: String,
    /// Where the actual comes from.
    #[serde(default)]
    pub measure: Measure,
}

const fn applies() -> bool {
    true
}

impl Indicator {
    /// An indicator with a target value and nothing else.
    pub fn new(level2: Level2, name: &str, operator: Operator, lower: Decimal, unit: &str, weight: Decimal) -> Self {
        Indicator {
            level1: level2.level1(),
            level2,
            name: name.to_owned(),
            operator,
            lower: Some(lower),
            upper: None,
            text: None,
            unit: unit.to_owned(),
            weight,
            applies: true,
            unit_cost: None,
            baseline: None,
            history: Vec::new(),
            definition: String::new(),
            measure: Measure::Statement,
        }
    }

    /// The target as the form prints it: `≥12场次`, `13-20个`, or the level text.
    pub fn target(&self) -> String {
        let lower = self.lower.map(|l| l.normalize().to_string()).unwrap_or_default();
        match self.operator {
            Operator::Qualitative => self.text.clone().unwrap_or_default(),
            Operator::Range => {
                let upper = self.upper.map(|u| u.normalize().to_string()).unwrap_or_default();
                format!("{lower}-{upper}{}", self.unit)
            }
            other => format!("{}{lower}{}", other.title().zh, self.unit),
        }
    }

    /// Whether an actual reaches the target; `None` for a qualitative one or one without a value. A range is reached from its lower end on
    /// (PR-6); `=` is reached by the same or more (PR-15).
    pub fn is_met(&self, actual: Decimal) -> Option<bool> {
        let target = self.lower?;
        match self.operator {
            Operator::AtLeast | Operator::Range => Some(actual >= target),
            Operator::Equal if target.is_zero() => Some(actual <= target),
            Operator::Equal => Some(actual >= target),
            Operator::MoreThan => Some(actual > target),
            Operator::AtMost => Some(actual <= target),
            Operator::LessThan => Some(actual < target),
            Operator::Qualitative => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trees_hold_what_the_forms_hold() {
        assert_eq!(Tree::Standard.level2().len(), 9);
        assert_eq!(Tree::Cost.level2().len(), 11);
        assert!(!Tree::Cost.level2().contains(&Level2::OutputCost));
        assert_eq!(Tree::Completion.branch(Level1::Output).zh, "项目完成指标");
        for tree in Tree::ALL {
            assert!(tree.level2().iter().all(|l| tree.level1().contains(&l.level1())));
        }
    }

    #[test]
    fn a_target_is_printed_and_held_against_the_actual() {
        let mut visits = Indicator::new(Level2::Quantity, "巡展", Operator::Range, 13.into(), "场次", 10.into());
        visits.upper = Some(20.into());
        assert_eq!(visits.target(), "13-20场次");
        assert_eq!((visits.is_met(13.into()), visits.is_met(12.into())), (Some(true), Some(false)));
        let cost = Indicator::new(Level2::OutputCost, "成本", Operator::AtMost, 104.into(), "万元", 10.into());
        assert_eq!((cost.target(), cost.is_met(105.into())), ("≤104万元".into(), Some(false)));
    }
}

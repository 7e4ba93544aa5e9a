//! Traffic lights (运行监控): of the budget (PR-32) and of each goal (PR-33), for any month of the year.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Indicator, Measure, Operator};

keqiao_base::coded! {
    /// How it stands.
    pub enum Light {
        /// As planned.
        Green = "green" => ("正常", "On plan"),
        /// Behind: look at it.
        Yellow = "yellow" => ("预警", "Behind"),
        /// Far behind: correct it, or stop the money (PR-30).
        Red = "red" => ("严重偏离", "Far behind"),
    }
}

/// Percent of the plan under which it is yellow, and red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Under this it is yellow: 80.
    pub yellow: Decimal,
    /// Under this it is red: 60.
    pub red: Decimal,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { yellow: 80.into(), red: 60.into() }
    }
}

impl Thresholds {
    fn light(&self, percent: Decimal) -> Light {
        match percent {
            p if p < self.red => Light::Red,
            p if p < self.yellow => Light::Yellow,
            _ => Light::Green,
        }
    }
}

/// The light of the budget after `month` months (1–12): `v = (executed / budget) / (month / 12) × 100`, in percent of what a steady pace would
/// have spent. Nothing without a budget.
pub fn budget(executed: Fen, budget: Fen, month: u8, thresholds: &Thresholds) -> Option<(Decimal, Light)> {
    if budget <= Fen::ZERO || !(1..=12).contains(&month) {
        return None;
    }
    let v = Decimal::from(executed.get()) * Decimal::from(1_200) / (Decimal::from(budget.get()) * Decimal::from(month));
    Some((v, thresholds.light(v)))
}

/// What must be reached by the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The month, 1–12.
    pub month: u8,
    /// The value reached since January.
    pub value: Decimal,
}

/// How the year is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Plan {
    /// A twelfth of the target each month.
    Linear,
    /// Stated months and values.
    Milestones(Vec<Milestone>),
    /// The same level all year: percentages.
    Level,
}

impl Plan {
    /// The plan of an indicator: its milestones where there are some; the level itself for percentages; else a twelfth each month.
    pub fn of(indicator: &Indicator, milestones: Vec<Milestone>) -> Plan {
        let rate = matches!(indicator.measure, Measure::Share { .. } | Measure::Satisfaction { .. });
        match milestones.is_empty() {
            false => Plan::Milestones(milestones),
            true if rate || indicator.unit == "%" => Plan::Level,
            true => Plan::Linear,
        }
    }

    /// What should be reached after `month` months, for a target value.
    pub fn due(&self, target: Decimal, month: u8) -> Decimal {
        match self {
            Plan::Linear => target * Decimal::from(month.min(12)) / Decimal::from(12),
            Plan::Level => target,
            Plan::Milestones(list) => {
                let due = list.iter().filter(|m| m.month <= month).max_by_key(|m| m.month);
                due.map_or(Decimal::ZERO, |m| m.value)
            }
        }
    }
}

/// How far a goal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What should be reached by now.
    pub due: Decimal,
    /// The actual in percent of what is due; nothing when nothing is due yet.
    pub percent: Option<Decimal>,
    /// The light.
    pub light: Light,
}

/// The light of a goal after `month` months (PR-33): the actual against what the plan has due. A ceiling is red when it is broken, yellow when
/// the pace so far would break it by the end of the year, else green. Nothing for a qualitative goal (its light is set by hand) or without
/// target or actual.
pub fn goal(
    indicator: &Indicator,
    plan: &Plan,
    actual: Option<Decimal>,
    month: u8,
    thresholds: &Thresholds,
) -> Option<Progress> {
    let (target, actual) = (indicator.lower?, actual?);
    let due = plan.due(target, month);
    let percent = (!due.is_zero()).then(|| actual * Decimal::ONE_HUNDRED / due);
    if indicator.operator == Operator::Qualitative || !(1..=12).contains(&month) {
        return None;
    }
    if indicator.operator.is_reverse() {
        let pace = match plan {
            Plan::Level => actual,
            _ => actual * Decimal::from(12) / Decimal::from(month),
        };
        let light = match indicator.is_met(actual) {
            Some(false) => Light::Red,
            _ if indicator.is_met(pace) == Some(false) => Light::Yellow,
            _ => Light::Green,
        };
        return Some(Progress { due, percent, light });
    }
    Some(Progress { due, percent, light: percent.map_or(Light::Green, |p| thresholds.light(p)) })
}

keqiao_base::coded! {
    /// Why a goal is behind (PR-33, the form's choices).
    pub enum Cause {
        /// Money.
        Funding = "funding" => ("经费保障", "Funding"),
        /// Rules.
        System = "system" => ("制度保障", "Rules"),
        /// People.
        Staff = "staff" => ("人员保障", "Staff"),
        /// Rooms and equipment.
        Equipment = "equipment" => ("硬件条件保障", "Equipment"),
        /// Something else.
        Other = "other" => ("其他", "Other"),
    }
}

keqiao_base::coded! {
    /// Whether the target will be reached (PR-33, the form's choices).
    pub enum Likelihood {
        /// Certainly.
        Certain = "certain" => ("确定能", "Certainly"),
        /// Possibly.
        Possible = "possible" => ("有可能", "Possibly"),
        /// Impossible.
        Impossible = "impossible" => ("完全不可能", "Impossible"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level2;

    fn visits(operator: Operator) -> Indicator {
        Indicator::new(Level2::Quantity, "巡展", operator, 60.into(), "场次", 10.into())
    }

    fn light(operator: Operator, plan: &Plan, actual: i64, month: u8) -> Light {
        let progress = goal(&visits(operator), plan, Some(actual.into()), month, &Thresholds::default());
        progress.map_or(Light::Red, |p| p.light)
    }

    #[test]
    fn the_budget_light_follows_the_published_formula() {
        let of = |executed, month| budget(Fen::new(executed), Fen::new(12_000_000), month, &Thresholds::default());
        // Half of the year, half of the money: 100. A third: 66.7, yellow. A quarter: 50, red.
        assert_eq!(of(6_000_000, 6), Some((100.into(), Light::Green)));
        assert_eq!(of(4_800_000, 6), Some((80.into(), Light::Green)));
        assert_eq!(of(4_000_000, 6).map(|l| l.1), Some(Light::Yellow));
        assert_eq!(of(3_600_000, 6), Some((60.into(), Light::Yellow)));
        assert_eq!(of(3_000_000, 6), Some((50.into(), Light::Red)));
        assert_eq!(of(0, 13), None);
        assert_eq!(budget(Fen::new(1), Fen::ZERO, 6, &Thresholds::default()), None);
    }

    #[test]
    fn a_goal_is_held_against_its_plan() {
        assert_eq!(light(Operator::AtLeast, &Plan::Linear, 30, 6), Light::Green);
        assert_eq!(light(Operator::AtLeast, &Plan::Linear, 20, 6), Light::Yellow);
        assert_eq!(light(Operator::AtLeast, &Plan::Linear, 10, 6), Light::Red);
        let autumn = Plan::Milestones(vec![Milestone { month: 9, value: 60.into() }]);
        assert_eq!(light(Operator::AtLeast, &autumn, 0, 8), Light::Green);
        assert_eq!(light(Operator::AtLeast, &autumn, 30, 9), Light::Red);
        assert_eq!(light(Operator::AtLeast, &Plan::Level, 57, 3), Light::Green);
    }

    #[test]
    fn a_ceiling_warns_before_it_breaks() {
        assert_eq!(light(Operator::AtMost, &Plan::Linear, 30, 6), Light::Green);
        assert_eq!(light(Operator::AtMost, &Plan::Linear, 31, 6), Light::Yellow);
        assert_eq!(light(Operator::AtMost, &Plan::Linear, 61, 6), Light::Red);
    }
}

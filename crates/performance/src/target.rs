//! A target (绩效目标): what the money of a project, or of the department, must bring in a year. Drafted, submitted, returned or approved;
//! after approval it changes only by a new version with a reason (PR-1).

use keqiao_base::{Fen, ProjectId};
use serde::{Deserialize, Serialize};

use crate::weight::{self, Split};
use crate::{Indicator, Level1, Level2, Objection, Operator, Profile, Tree};

keqiao_base::coded! {
    /// How far a version of a target is.
    pub enum TargetState {
        /// Being written.
        Draft = "draft" => ("编制中", "Draft"),
        /// With the reviewer.
        Submitted = "submitted" => ("审核中", "In review"),
        /// Sent back with comments.
        Returned = "returned" => ("已退回", "Returned"),
        /// Approved: it binds.
        Approved = "approved" => ("已批复", "Approved"),
    }
}

impl TargetState {
    /// Whether its content may be changed.
    pub const fn is_open(self) -> bool {
        matches!(self, TargetState::Draft | TargetState::Returned)
    }
}

/// What a target hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole department (部门整体).
    Department,
    /// One project.
    Project(ProjectId),
}

/// The content of one version of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it hangs on.
    pub scope: Scope,
    /// The year.
    pub year: i32,
    /// Name of the project, or of the department.
    pub name: String,
    /// What the project does: names that indicators must be about (PR-5).
    pub description: String,
    /// 年度总体目标.
    pub goal: String,
    /// Budget of the year.
    pub budget: Fen,
    /// Which tree its form uses.
    pub tree: Tree,
    /// Code of the profile that scores it.
    pub profile: String,
    /// Its indicators, in the order of the form.
    pub indicators: Vec<Indicator>,
}

impl Target {
    /// The split of the points that this target must keep: it depends on which branches there are (PR-10).
    pub fn split(&self, profile: &Profile) -> Split {
        let has = |level1| self.indicators.iter().any(|i| i.level1 == level1);
        profile.split(has(Level1::Cost), has(Level1::Satisfaction))
    }

    /// What stands in the way of submitting it: what is missing, what does not fit the tree, weights that do not add up (PR-4, 5, 12).
    pub fn objections(&self, profile: &Profile) -> Vec<Objection> {
        let mut found = Vec::new();
        if self.goal.trim().is_empty() {
            found.push(Objection::whole("target.goal", "请填写年度总体目标。", "Write the goal of the year."));
        }
        if self.budget <= Fen::ZERO {
            found.push(Objection::whole("target.budget", "请填写年度预算数。", "Write the budget of the year."));
        }
        if !self.indicators.iter().any(|i| i.level2 == Level2::Quantity) {
            found.push(Objection::whole(
                "target.branch",
                "至少要有一项数量指标。",
                "There must be a quantity at least.",
            ));
        }
        if !self.indicators.iter().any(|i| i.level1 == Level1::Benefit) {
            found.push(Objection::whole(
                "target.branch",
                "至少要有一项效益指标。",
                "There must be a benefit at least.",
            ));
        }
        for (at, indicator) in self.indicators.iter().enumerate() {
            found.extend(self.indicator_objections(at, indicator));
        }
        found.extend(weight::objections(&self.indicators, &self.split(profile)));
        found
    }

    fn indicator_objections(&self, at: usize, i: &Indicator) -> Vec<Objection> {
        let name = i.name.trim();
        let twice = self.indicators[..at].iter().any(|other| other.name.trim() == name);
        let numeric = i.operator != Operator::Qualitative;
        let range = i.operator == Operator::Range;
        let checks = [
            (name.is_empty(), "indicator.name", "请填写三级指标名称。", "Name the indicator."),
            (twice && !name.is_empty(), "indicator.twice", "指标名称重复。", "This name stands twice."),
            (
                i.level2.level1() != i.level1 || !self.tree.level2().contains(&i.level2),
                "indicator.tree",
                "二级指标不属于所选的指标体系。",
                "The branch does not belong to the tree of this form.",
            ),
            (numeric && i.lower.is_none(), "indicator.value", "请填写指标值。", "Write the target value."),
            (numeric && i.unit.trim().is_empty(), "indicator.unit", "请填写计量单位。", "Write the unit."),
            (
                range && i.upper.zip(i.lower).is_none_or(|(upper, lower)| upper < lower),
                "indicator.range",
                "区间的上限须填写，且不小于下限。",
                "A range needs an upper end, not below the lower one.",
            ),
            (
                !numeric && i.text.as_deref().is_none_or(|t| t.trim().is_empty()),
                "indicator.text",
                "定性指标须写明要达到的程度。",
                "A qualitative indicator says what level is to be reached.",
            ),
        ];
        let wrong = checks.into_iter().filter(|c| c.0);
        wrong
            .map(|(_, code, zh, en)| {
                Objection::at(at, code, format!("第{}项：{zh}", at + 1), format!("No. {}: {en}", at + 1))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Target {
        let i = |l, n: &str, w: i64| Indicator::new(l, n, Operator::AtLeast, 12.into(), "场", w.into());
        Target {
            scope: Scope::Department,
            year: 2026,
            name: "县科协".into(),
            description: String::new(),
            goal: "全年开展科普活动12场".into(),
            budget: Fen::new(1_000_000),
            tree: Tree::Standard,
            profile: "mof-2020".into(),
            indicators: vec![
                i(Level2::Quantity, "科普活动", 50),
                i(Level2::SocialBenefit, "覆盖乡镇", 30),
                i(Level2::Served, "满意度", 10),
            ],
        }
    }

    fn codes(target: &Target) -> Vec<&'static str> {
        let profile = Profile::named(&target.profile).unwrap();
        target.objections(profile).iter().map(|o| o.code).collect()
    }

    #[test]
    fn a_target_is_submitted_when_nothing_is_missing() {
        assert_eq!(codes(&sound()), [""; 0]);
        let mut bad = sound();
        bad.goal.clear();
        bad.indicators[0].name = "覆盖乡镇".into();
        bad.indicators[1].operator = Operator::Range;
        bad.indicators[2].weight = 9.into();
        assert_eq!(codes(&bad), ["target.goal", "indicator.twice", "indicator.range", "weight.sum", "weight.sum"]);
        let none = Target { indicators: Vec::new(), ..sound() };
        assert!(codes(&none).starts_with(&["target.branch", "target.branch"]));
        let mut cost = sound();
        cost.indicators[0].level2 = Level2::EconomicCost;
        assert!(codes(&cost).contains(&"indicator.tree"));
    }
}

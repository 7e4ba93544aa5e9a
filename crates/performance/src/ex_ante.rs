//! The evaluation before a project begins (事前绩效评估, PR-40), and the gate that asks for it (PR-2).

use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::{Objection, TargetState};

keqiao_base::coded! {
    /// What is looked at: five dimensions of 20 points each.
    pub enum Dimension {
        /// Why it is needed.
        Need = "need" => ("立项必要性", "Need"),
        /// What it costs for what it brings.
        Economy = "economy" => ("投入经济性", "Economy"),
        /// Whether the targets are sound.
        Targets = "targets" => ("绩效目标合理性", "Soundness of the targets"),
        /// Whether it can be done so.
        Feasibility = "feasibility" => ("实施方案可行性", "Feasibility"),
        /// Whether the money may be used so.
        Funding = "funding" => ("筹资合规性", "Lawfulness of the funding"),
    }
}

keqiao_base::coded! {
    /// What follows; the last two are unverified defaults of the rule book.
    pub enum Conclusion {
        /// Support it.
        Support = "support" => ("予以支持", "Support"),
        /// Support a part.
        Part = "part" => ("部分支持", "Support in part"),
        /// Do not.
        Refuse = "refuse" => ("不予支持", "Do not support"),
    }
}

/// Points of each dimension.
pub const POINTS: u32 = 20;

/// The evaluation before a project begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExAnte {
    /// Points by dimension, 0–20 each.
    pub points: Vec<(Dimension, Decimal)>,
    /// What follows.
    pub conclusion: Option<Conclusion>,
    /// Why.
    pub words: String,
}

impl ExAnte {
    /// All points together, of 100.
    pub fn total(&self) -> Decimal {
        self.points.iter().map(|p| p.1).sum()
    }

    /// What is wrong with it: a dimension missing, twice or out of its bounds, no conclusion, no words.
    pub fn objections(&self) -> Vec<Objection> {
        let mut found = Vec::new();
        for dimension in Dimension::ALL {
            let given: Vec<Decimal> = self.points.iter().filter(|p| p.0 == *dimension).map(|p| p.1).collect();
            let (zh, en) = (dimension.title().zh, dimension.title().en);
            let good = matches!(given[..], [p] if p >= Decimal::ZERO && p <= POINTS.into());
            if !good {
                let zh = format!("“{zh}”须给出0至{POINTS}分。");
                found.push(Objection::whole("ex_ante.points", zh, format!("“{en}” needs 0 to {POINTS} points.")));
            }
        }
        if self.conclusion.is_none() {
            found.push(Objection::whole("ex_ante.conclusion", "请选择评估结论。", "Choose a conclusion."));
        }
        if self.words.trim().is_empty() {
            found.push(Objection::whole("ex_ante.words", "请写明评估意见。", "Say why."));
        }
        found
    }
}

/// What stands between a project and its budget (PR-2): an evaluation before it begins when it is new, and an approved target.
pub fn gate(is_new: bool, ex_ante: Option<&ExAnte>, state: TargetState) -> Vec<Objection> {
    let mut found = Vec::new();
    if is_new {
        match ex_ante {
            None => found.push(Objection::whole(
                "gate.ex_ante",
                "新增项目须先完成事前绩效评估，才能安排预算。",
                "A new project needs an evaluation before it begins; without it there is no budget.",
            )),
            Some(e) if e.conclusion == Some(Conclusion::Refuse) => found.push(Objection::whole(
                "gate.refused",
                "事前绩效评估结论为“不予支持”，不能安排预算。",
                "The evaluation before it begins does not support the project: there is no budget.",
            )),
            Some(e) => found.extend(e.objections()),
        }
    }
    if state != TargetState::Approved {
        found.push(Objection::whole(
            "gate.target",
            "绩效目标尚未批复，不能安排预算。",
            "The target is not approved yet: there is no budget.",
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> ExAnte {
        ExAnte {
            points: Dimension::ALL.iter().map(|d| (*d, 18.into())).collect(),
            conclusion: Some(Conclusion::Support),
            words: "有必要，可行".into(),
        }
    }

    #[test]
    fn a_new_project_without_evaluation_or_approval_gets_nothing() {
        let codes =
            |new, e: Option<&ExAnte>, state| -> Vec<&str> { gate(new, e, state).iter().map(|o| o.code).collect() };
        assert_eq!(codes(true, None, TargetState::Approved), ["gate.ex_ante"]);
        assert_eq!(codes(false, None, TargetState::Submitted), ["gate.target"]);
        assert_eq!(codes(true, Some(&sound()), TargetState::Approved), Vec::<&str>::new());
        let refused = ExAnte { conclusion: Some(Conclusion::Refuse), ..sound() };
        assert_eq!(codes(true, Some(&refused), TargetState::Approved), ["gate.refused"]);
    }

    #[test]
    fn points_stay_in_their_bounds() {
        assert_eq!((sound().total(), sound().objections().len()), (90.into(), 0));
        let mut over = sound();
        over.points[0].1 = 21.into();
        over.points.pop();
        over.words.clear();
        let codes: Vec<&str> = over.objections().iter().map(|o| o.code).collect();
        assert_eq!(codes, ["ex_ante.points", "ex_ante.points", "ex_ante.words"]);
    }
}

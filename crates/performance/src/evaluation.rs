//! An evaluation (评价): the money block of the form (PR-24), its rows with target, actual, score and reason, what stands in the way of
//! submitting it, and how an independent one differs.

use keqiao_base::Fen;
use keqiao_quantity::{Decimal, Printed};
use serde::{Deserialize, Serialize};

use crate::deviation::{self, Limits, Why};
use crate::{Actual, Got, Indicator, Objection};

keqiao_base::coded! {
    /// Who evaluates.
    pub enum EvaluationKind {
        /// Who did the work.
        SelfMade = "self" => ("绩效自评", "Self-evaluation"),
        /// The department.
        Department = "department" => ("部门评价", "Department's evaluation"),
        /// Somebody independent, beside another one.
        Independent = "independent" => ("独立复评", "Independent re-score"),
    }
}

keqiao_base::coded! {
    /// How far an evaluation is.
    pub enum EvaluationState {
        /// Being written.
        Draft = "draft" => ("填报中", "Draft"),
        /// Submitted: nothing changes any more.
        Submitted = "submitted" => ("已提交", "Submitted"),
    }
}

/// One row of the money block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funds {
    /// 年初预算数.
    pub initial: Fen,
    /// 全年预算数.
    pub budget: Fen,
    /// 全年执行数.
    pub executed: Fen,
}

/// The money block: its total is the sum of its parts in every column, by construction (PR-24).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// 本年财政拨款.
    pub fiscal: Funds,
    /// 上年结转资金.
    pub carried: Funds,
    /// 其他资金.
    pub other: Funds,
}

impl Money {
    /// 年度资金总额.
    pub fn total(&self) -> Funds {
        let sum = |of: fn(&Funds) -> Fen| of(&self.fiscal) + of(&self.carried) + of(&self.other);
        Funds { initial: sum(|f| f.initial), budget: sum(|f| f.budget), executed: sum(|f| f.executed) }
    }
}

impl Funds {
    /// 执行率: executed over the whole year's budget (not the initial one), in percent, exact. Nothing without a budget.
    pub fn rate(&self) -> Option<Decimal> {
        (self.budget > Fen::ZERO)
            .then(|| Decimal::from(self.executed.get()) * Decimal::ONE_HUNDRED / Decimal::from(self.budget.get()))
    }
}

/// Whether a money block that was published holds: the total is the sum of the parts, in each column (PR-24). Names the columns that fail.
pub fn failing_columns(total: &Funds, money: &Money) -> Vec<&'static str> {
    let own = money.total();
    let columns = [
        ("年初预算数", total.initial == own.initial),
        ("全年预算数", total.budget == own.budget),
        ("全年执行数", total.executed == own.executed),
    ];
    columns.into_iter().filter(|(_, holds)| !holds).map(|(name, _)| name).collect()
}

/// One row of the indicator part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The indicator as it was approved.
    pub indicator: Indicator,
    /// What it reached.
    pub actual: Option<Actual>,
    /// The score.
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施.
    pub reason: String,
}

impl Row {
    /// Whether and why a reason must be given (PR-26).
    pub fn why(&self, limits: &Limits) -> Option<Why> {
        self.actual.as_ref().and_then(|a| deviation::why(&self.indicator, a, limits))
    }

    fn objections(&self, at: usize, limits: &Limits) -> Vec<Objection> {
        let name = &self.indicator.name;
        let mut found = Vec::new();
        let Some(actual) = &self.actual else {
            let zh = format!("“{name}”还没有实际完成值：请先取数，或由负责人填报并签字。");
            let en = format!("“{name}” has no actual yet: compute it, or have it stated and signed.");
            return vec![Objection::at(at, "actual.missing", zh, en)];
        };
        if let Got::Statement { file: None, .. } = actual.got {
            let zh = format!("“{name}”的实际完成值由人工填报，须附证明材料。");
            found.push(Objection::at(at, "actual.proof", zh, format!("“{name}” is stated by hand: attach its proof.")));
        }
        if let Some(message) = deviation::copied(&actual.words, &self.indicator.target()) {
            found.push(Objection { code: "actual.copied", indicator: Some(at), message });
        }
        if self.score.is_none() {
            let zh = format!("“{name}”还没有得分。");
            found.push(Objection::at(at, "score.missing", zh, format!("“{name}” has no score yet.")));
        }
        if let Some(why) = self.why(limits).filter(|_| self.reason.trim().is_empty()) {
            let zh = format!("“{name}”{}，须填写偏差原因分析及改进措施。", why.title().zh);
            let en = format!("“{name}”: {}. Say why, and what will be done.", why.title().en);
            found.push(Objection::at(at, "reason.missing", zh, en));
        }
        found
    }
}

/// What stands in the way of submitting an evaluation: actuals missing, unproved or copied, scores missing, reasons missing (PR-26, PR-27).
/// `execution_reason` is the reason given for the budget.
pub fn objections(rows: &[Row], money: &Money, execution_reason: &str, limits: &Limits) -> Vec<Objection> {
    let applies = rows.iter().enumerate().filter(|(_, r)| r.indicator.applies);
    let mut found: Vec<Objection> = applies.flat_map(|(at, row)| row.objections(at, limits)).collect();
    let low = deviation::why_execution(money.total().rate(), limits);
    if low.is_some() && execution_reason.trim().is_empty() {
        let limit = limits.execution.normalize();
        found.push(Objection::whole(
            "reason.execution",
            format!("预算执行率低于{limit}%，须说明原因。"),
            format!("Less than {limit}% of the budget was executed: say why."),
        ));
    }
    found
}

/// How many indicators were missed and have no reason (PR-29).
pub fn unexplained(rows: &[Row], limits: &Limits) -> usize {
    rows.iter()
        .filter(|r| r.indicator.applies && r.why(limits) == Some(Why::Missed) && r.reason.trim().is_empty())
        .count()
}

/// The total: execution and indicators, each already in hundredths (PR-21, PR-22).
pub fn total(execution: Decimal, scores: impl IntoIterator<Item = Decimal>) -> Decimal {
    Printed::round(execution + scores.into_iter().sum::<Decimal>(), 2).value()
}

/// Where an independent evaluation differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which row.
    pub position: usize,
    /// The score of the first evaluation.
    pub ours: Option<Decimal>,
    /// The score of the independent one.
    pub theirs: Option<Decimal>,
    /// Theirs less ours; nothing when one is missing.
    pub by: Option<Decimal>,
}

/// Compares the scores of two evaluations row by row; only rows that differ.
pub fn differences(ours: &[Option<Decimal>], theirs: &[Option<Decimal>]) -> Vec<Difference> {
    let get = |list: &[Option<Decimal>], at: usize| list.get(at).copied().flatten();
    let rows = 0..ours.len().max(theirs.len());
    let rows = rows.map(|at| (at, get(ours, at), get(theirs, at))).filter(|(_, a, b)| a != b);
    rows.map(|(position, ours, theirs)| {
        let by = theirs.zip(ours).map(|(t, o)| t - o);
        Difference { position, ours, theirs, by }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use keqiao_base::{AccountId, FigureId, Moment};

    use super::*;
    use crate::{Level2, Operator};

    fn wan(text: &str) -> Fen {
        Fen::parse(&format!("{text}万元")).unwrap()
    }

    fn row(target: i64, actual: Option<i64>, reason: &str) -> Row {
        let figure = "0".repeat(32).parse::<FigureId>().unwrap();
        let got = Got::Figure { figure };
        let actual = actual.map(|a| Actual { value: Some(a.into()), reached: None, words: String::new(), got });
        let indicator = Indicator::new(Level2::Quantity, "培训", Operator::AtLeast, target.into(), "次", 10.into());
        Row { indicator, actual, score: Some(10.into()), reason: reason.into() }
    }

    fn codes(rows: &[Row], money: &Money) -> Vec<&'static str> {
        objections(rows, money, "", &Limits::default()).iter().map(|o| o.code).collect()
    }

    #[test]
    fn the_published_form_that_does_not_add_up_is_seen() {
        // 池州 2022: the total row is 0 while the parts are 90 and 89.974.
        let part = Funds { initial: wan("90"), budget: wan("90"), executed: wan("89.974") };
        let money = Money { fiscal: part, ..Money::default() };
        assert_eq!(failing_columns(&Funds::default(), &money).len(), 3);
        assert!(failing_columns(&money.total(), &money).is_empty());
        assert_eq!(money.total().rate().map(|r| r.round_dp(4)), Some("99.9711".parse().unwrap()));
    }

    #[test]
    fn the_rate_is_of_the_adjusted_budget() {
        // 忠县 2024: 4,614,453.11 of 4,764,453.11, which was 3,724,055 at first.
        let f = |t: &str| Fen::parse(t).unwrap();
        let funds = Funds { initial: f("3724055"), budget: f("4764453.11"), executed: f("4614453.11") };
        assert_eq!(funds.rate().map(|r| r.round_dp(4)), Some("96.8517".parse().unwrap()));
        assert_eq!(Funds::default().rate(), None);
    }

    #[test]
    fn nothing_is_submitted_without_actual_proof_and_reason() {
        let money =
            Money { fiscal: Funds { initial: wan("10"), budget: wan("10"), executed: wan("9") }, ..Money::default() };
        assert_eq!(codes(&[row(10, Some(10), "")], &money), [""; 0]);
        assert_eq!(
            codes(&[row(10, Some(9), ""), row(10, Some(13), ""), row(10, None, "")], &money),
            ["reason.missing", "reason.missing", "actual.missing"]
        );
        assert_eq!(codes(&[row(10, Some(9), "雨季推迟，已补办")], &money), [""; 0]);
        let mut stated = row(10, Some(10), "");
        let by = "1".repeat(32).parse::<AccountId>().unwrap();
        stated.actual = stated.actual.map(|a| Actual {
            words: "≥10次".into(),
            got: Got::Statement { by, at: Moment::default(), file: None },
            ..a
        });
        assert_eq!(codes(&[stated], &money), ["actual.proof", "actual.copied"]);
        let low = Money { fiscal: Funds { executed: wan("8.99"), ..money.fiscal }, ..money };
        assert_eq!(codes(&[], &low), ["reason.execution"]);
    }

    #[test]
    fn two_evaluations_are_held_side_by_side() {
        let d = |v: &[&str]| -> Vec<Option<Decimal>> { v.iter().map(|t| t.parse().ok()).collect() };
        let found = differences(&d(&["10", "9.5", "8", "-"]), &d(&["10", "9", "-", "-"]));
        assert_eq!(found.iter().map(|f| (f.position, f.by)).collect::<Vec<_>>(), [(1, "-0.5".parse().ok()), (2, None)]);
        assert_eq!(total("9.69".parse().unwrap(), [Decimal::from(90)]), "99.69".parse().unwrap());
    }
}

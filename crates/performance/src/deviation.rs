//! Deviations (偏差): where a reason must be given (PR-26), actuals that only repeat the target (PR-27), conclusions that contradict the
//! scores (PR-29).

use keqiao_i18n::Bilingual;
use keqiao_quantity::{Bound, Decimal, scan};
use keqiao_source::fold_char;

use crate::{Actual, Indicator, Objection, Operator, Reached};

keqiao_base::coded! {
    /// Why a reason must be given.
    pub enum Why {
        /// The target was missed.
        Missed = "missed" => ("未完成目标", "Target missed"),
        /// The target was far exceeded: it may have been set too low (PR-17).
        Exceeded = "exceeded" => ("大幅超额完成", "Target far exceeded"),
        /// Too little of the budget was executed.
        Execution = "execution" => ("预算执行率偏低", "Budget execution is low"),
    }
}

/// From where on a reason is needed; of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Actual over target from which it counts as far exceeded: 1.3 (PR-17).
    pub exceeded: Decimal,
    /// Actual from which it counts as far exceeded when the target is 0: 30 (PR-17).
    pub exceeded_zero: Decimal,
    /// Execution rate in percent under which a reason is needed: 90 (PR-26).
    pub execution: Decimal,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { exceeded: Decimal::new(13, 1), exceeded_zero: 30.into(), execution: 90.into() }
    }
}

/// Whether the actual of an indicator needs a reason (PR-26). A range counts as far exceeded from its upper end on (PR-6); a reverse
/// indicator cannot be exceeded.
pub fn why(indicator: &Indicator, actual: &Actual, limits: &Limits) -> Option<Why> {
    if indicator.operator == Operator::Qualitative {
        return (actual.reached != Some(Reached::Full)).then_some(Why::Missed);
    }
    let value = match actual.value {
        Some(value) => value,
        None => return Some(Why::Missed),
    };
    if indicator.is_met(value) == Some(false) {
        return Some(Why::Missed);
    }
    let base = indicator.upper.filter(|_| indicator.operator == Operator::Range).or(indicator.lower)?;
    let exceeded = match base.is_zero() {
        true => value >= limits.exceeded_zero,
        false => value >= base * limits.exceeded,
    };
    (exceeded && !indicator.operator.is_reverse()).then_some(Why::Exceeded)
}

/// Whether the execution of a budget needs a reason (PR-26). `rate` in percent; nothing when there is no budget.
pub fn why_execution(rate: Option<Decimal>, limits: &Limits) -> Option<Why> {
    rate.filter(|r| *r < limits.execution).map(|_| Why::Execution)
}

/// The bound that a value of the text claims, as it is written: `≥80%`, `2次以上`, `不少于300人`. A bound that only describes (`5万元以上的项目`,
/// `60岁以上`), and words such as 超过, are how results are told.
fn claimed(text: &str) -> Option<String> {
    let folded: String = text.chars().map(fold_char).collect();
    let bounded = scan(&folded).into_iter().find(|n| {
        let signed = folded[..n.digits.start].ends_with(['<', '>']);
        let stated = matches!(n.bound, Some(Bound::AtLeast | Bound::AtMost)) || signed;
        let next = folded[n.range.end..].chars().next();
        // 36户以上门服务: what follows may make another word of it, or the bound describes what it stands before.
        let behind = folded[n.range.clone()].ends_with(['上', '内', '下']) && n.unit.name != "%";
        let describes =
            if behind { next.is_some_and(char::is_alphanumeric) } else { matches!(next, Some('的' | '岁')) };
        stated && !describes && next != Some('的')
    })?;
    Some(folded[bounded.range].to_owned())
}

/// What is wrong with an actual given in words (PR-27): it claims a bound, or it is the target's own text.
pub fn copied(words: &str, target: &str) -> Option<Bilingual> {
    let plain = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let said = plain(words);
    if said.is_empty() {
        return None;
    }
    if let Some(value) = claimed(&said) {
        return Some(Bilingual::new(
            format!("实际完成值不能写成目标的形式（“{value}”是上下限）。请填写实际达到的数。"),
            format!("An actual is not a target (“{value}” is a bound). Write what was really reached."),
        ));
    }
    (said == plain(target)).then(|| {
        Bilingual::new(
            "实际完成值与目标值一字不差。请填写实际达到的结果，并附证明材料。",
            "The actual repeats the target word for word. Write what was really reached, with its proof.",
        )
    })
}

/// Words that say there is nothing.
const NOTHING: [&str; 8] = ["", "无", "没有", "暂无", "无。", "none", "None", "N/A"];

/// What contradicts itself in a finished self-evaluation (PR-29): points were lost but neither problems nor suggestions are named; or 90 and
/// more with an indicator that was missed without a reason (`unexplained`).
pub fn contradictions(score: Decimal, problems: &str, suggestions: &str, unexplained: usize) -> Vec<Objection> {
    let mut found = Vec::new();
    let nothing = |text: &str| NOTHING.contains(&text.trim());
    if score < Decimal::ONE_HUNDRED && nothing(problems) && nothing(suggestions) {
        let s = score.normalize();
        found.push(Objection::whole(
            "evaluation.no_problems",
            format!("自评{s}分，却没有写存在的问题和改进建议。请写明失分的原因。"),
            format!("The score is {s}, but no problem and no suggestion is named. Say where the points were lost."),
        ));
    }
    if score >= Decimal::from(90) && unexplained > 0 {
        found.push(Objection::whole(
            "evaluation.unexplained",
            format!("总分在90分以上，但有{unexplained}项指标未完成且没有说明原因。"),
            format!("The score is 90 or more, but {unexplained} missed indicator(s) have no reason."),
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use keqiao_base::FigureId;

    use super::*;
    use crate::{Got, Level2};

    fn reached(value: i64) -> Actual {
        let figure = "0".repeat(32).parse::<FigureId>().unwrap();
        Actual { value: Some(value.into()), reached: None, words: String::new(), got: Got::Figure { figure } }
    }

    fn range(lower: i64, upper: i64) -> Indicator {
        let mut i = Indicator::new(Level2::Quantity, "x", Operator::Range, lower.into(), "次", 10.into());
        i.upper = Some(upper.into());
        i
    }

    #[test]
    fn the_published_cases_need_a_reason() {
        let limits = Limits::default();
        // 德阳 2020: 6-15 reached 60; 40-60 reached 20. 丽水 2020: 60 reached 30.
        assert_eq!(why(&range(6, 15), &reached(60), &limits), Some(Why::Exceeded));
        assert_eq!(why(&range(40, 60), &reached(20), &limits), Some(Why::Missed));
        let academicians = Indicator::new(Level2::Quantity, "x", Operator::AtLeast, 60.into(), "人次", 10.into());
        assert_eq!(why(&academicians, &reached(30), &limits), Some(Why::Missed));
        assert_eq!(why(&academicians, &reached(77), &limits), None);
        assert_eq!(why(&academicians, &reached(78), &limits), Some(Why::Exceeded));
        let ceiling = Indicator::new(Level2::OutputCost, "x", Operator::AtMost, 10.into(), "万元", 10.into());
        assert_eq!(why(&ceiling, &reached(2), &limits), None);
        assert_eq!(why_execution(Some(89.into()), &limits), Some(Why::Execution));
        assert_eq!(why_execution(Some(90.into()), &limits), None);
    }

    #[test]
    fn a_copied_target_is_no_actual() {
        assert!(copied("≥80%", "≥80%").is_some());
        assert!(copied("2次以上", "2次").is_some());
        assert!(copied("举办讲座不少于３００人次", "举办讲座").is_some());
        assert!(copied("合格率>95%", "合格率").is_some());
        assert!(copied("服务60岁以上老人，全县以上下联动", "").is_none(), "nothing claims a bound");
        assert!(copied("36户以上门实操方式复核", "").is_none());
        assert!(copied("95%以上群众满意", "满意").is_some());
        assert!(copied("举办2次以上，反响良好", "2次").is_some());
        assert!(copied("验收5万元以上的项目12个", "验收项目").is_none());
        assert!(copied("参训人次超过3000人次，达到3120人次", "3000人次").is_none());
        assert!(copied("显著 提高", "显著提高").is_some());
        assert!(copied("群众科学素质比例由9.2%提高到10.1%", "显著提高").is_none());
        assert!(copied("", "").is_none());
    }

    #[test]
    fn lost_points_and_no_problem_contradict() {
        let codes = |s: &str, p: &str, n| -> Vec<&str> {
            contradictions(s.parse().unwrap(), p, "无", n).iter().map(|o| o.code).collect()
        };
        assert_eq!(codes("93.8", "无", 0), ["evaluation.no_problems"]);
        assert_eq!(codes("93.8", "进度偏慢", 1), ["evaluation.unexplained"]);
        assert_eq!(codes("100", "", 0), Vec::<&str>::new());
    }
}

//! F0518: a score of the execution rate that the rate does not give.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::FormAmounts;
use keqiao_quantity::{Decimal, Printed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0518",
    name: "execution-score-differs-from-rate",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "预算执行率得分算错", en: "A score of the execution rate that the rate does not give" },
    why: Fixed {
        zh: "预算执行率得分＝分值×执行率，最高为满分。",
        en: "The score of the execution rate is weight × rate, at most the weight.",
    },
    source: "PR-20, PR-21, TX-20",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for amounts in &form.amounts {
            let (Some((weight, _)), Some((score, at))) = (amounts.weight, amounts.score) else { continue };
            let Some(right) = expected(amounts) else {
                out.lack();
                continue;
            };
            out.judge();
            let gap = (score.value() - right).abs();
            let unit = score.half_unit() + score.half_unit();
            // Banded scoring gives a share of the weight, not the product.
            let banded = [10, 8, 7, 6, 5, 0].iter().any(|t| score.value() == weight.value() * Decimal::new(*t, 1)) && gap <= weight.value() * Decimal::new(4, 1);
            let by_rate = amounts.rate.is_some_and(|(rate, _)| (weight.value() * rate.value() / Decimal::ONE_HUNDRED - score.value()).abs() <= Decimal::new(1, 2) + score.half_unit());
            if gap <= score.half_unit().max(Decimal::new(1, 2)) || by_rate || (banded && score.value() != weight.value()) {
                continue;
            }
            // Whole points, a full score above a threshold, points taken off for delay: local rules differ, all of them in
            // these directions.
            let lenient = gap < unit || score.value() < right || (score.value() == weight.value() && right * Decimal::new(125, 2) >= weight.value());
            let level = if lenient { Level::Info } else { Level::Error };
            let right = Printed::round(right, 2);
            let report = out.report_at(
                level,
                at,
                Bilingual::new(
                    format!("预算执行率得分应为{right}分（{weight}分×执行率），表中为{score}分"),
                    format!("the score of the execution rate is {right} ({weight} × rate), the form says {score}"),
                ),
                Bilingual::new("请按分值×执行率重新计算。", "Compute weight × rate again."),
            );
            report.against_all(amounts.executed.iter().chain(&amounts.budget).map(|a| a.1)).numbers(score.to_string(), right.to_string());
        }
    }
}

/// Weight × executed ÷ budget, at most the weight.
pub(super) fn expected(amounts: &FormAmounts) -> Option<Decimal> {
    let budget = amounts.budget.as_ref().or(amounts.initial.as_ref())?;
    let rate = amounts.executed.as_ref()?.0.printed.value().checked_div(budget.0.printed.value())?;
    Some(amounts.weight?.0.value() * rate.clamp(Decimal::ZERO, Decimal::ONE))
}

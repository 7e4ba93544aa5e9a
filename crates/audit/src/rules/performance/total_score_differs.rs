//! F0517: a total that differs from the sum of its scores.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::TargetForm;
use keqiao_quantity::Decimal;

use super::reading::{distinct, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0517",
    name: "total-score-differs-from-scores",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "总分不等于各项得分之和", en: "A total that differs from the sum of its scores" },
    why: Fixed {
        zh: "总分是预算执行率得分与各项指标得分之和。",
        en: "The total is the score of the execution rate and of all indicators.",
    },
    source: "PR-22",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let Some((total, at)) = form.total else { continue };
        let scores = distinct(form.indicators.iter().filter_map(|i| i.score));
        if scores.len() < 2 {
            continue;
        }
        if form.indicators.iter().any(|i| i.score.is_none()) {
            out.lack();
            continue;
        }
        if !is_whole(form) {
            out.lack();
            continue;
        }
        out.judge();
        let execution = form.amounts.iter().find_map(|a| a.score);
        let indicators: Decimal = scores.iter().map(|s| s.0.value()).sum();
        let sum = indicators + execution.map_or(Decimal::ZERO, |e| e.0.value());
        let slack = Decimal::new(1, 2);
        let near = |s: Decimal| (s - total.value()).abs() <= slack;
        // Without a printed score for the execution rate the gap is that score.
        let unknown = execution.is_none() && sum < total.value() && total.value() - sum <= Decimal::from(20) && !form.amounts.is_empty();
        if near(sum) || near(indicators) || unknown || repaired(form).any(near) || (total.decimals() == 0 && (sum - total.value()).abs() < Decimal::ONE) {
            continue;
        }
        out.report(
            at,
            Bilingual::new(
                format!("{}各项得分相加为{}分，总分写{total}分", title(form), sum.normalize()),
                format!("{}: the scores add up to {}, the total says {total}", title(form), sum.normalize()),
            ),
            Bilingual::new("请重新加总，或核对各项得分。", "Add up again, or check the scores."),
        )
        .against_all(execution.iter().map(|e| e.1).chain(scores.iter().map(|s| s.1)))
        .numbers(total.to_string(), sum.normalize().to_string());
    }
}

/// Whether all rows of the form are here: their weights make the full score. A form cut in two by a page is not whole.
fn is_whole(form: &TargetForm) -> bool {
    let weights: Decimal = distinct(form.indicators.iter().filter_map(|i| i.weight)).iter().map(|w| w.0.value()).sum();
    let full = form.total_weight.map_or(Decimal::ONE_HUNDRED, |t| t.0.value());
    let execution = super::weights_miss_total::execution_weight(form).unwrap_or_default();
    weights == full || weights + execution == full
}

/// Sums with one wrong score put right: where that gives the total, the score is at fault and reported by its own rule.
fn repaired(form: &TargetForm) -> impl Iterator<Item = Decimal> {
    let execution = form.amounts.iter().find(|a| a.score.is_some());
    let mut sum: Decimal = distinct(form.indicators.iter().filter_map(|i| i.score)).iter().map(|s| s.0.value()).sum();
    sum += execution.and_then(|a| a.score).map_or(Decimal::ZERO, |s| s.0.value());
    let by_rate = execution.and_then(|a| Some(super::execution_score::expected(a)? - a.score?.0.value()));
    let capped = form.indicators.iter().filter_map(|i| Some((i.weight?.0.value() - i.score?.0.value()).min(Decimal::ZERO)));
    let capped: Decimal = capped.sum();
    [by_rate.map(|d| sum + d), (!capped.is_zero()).then_some(sum + capped)].into_iter().flatten()
}

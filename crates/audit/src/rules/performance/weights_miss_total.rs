//! F0513: weights that do not add up to the full score.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::TargetForm;
use keqiao_quantity::Decimal;

use super::reading::{distinct, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0513",
    name: "weights-miss-total",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "分值相加不等于满分", en: "Weights that do not add up to the full score" },
    why: Fixed {
        zh: "各项指标的分值之和加上预算执行率的分值必须等于100分，否则总分没有意义。",
        en: "The weights of all indicators and of the execution rate must make 100, or the total means nothing.",
    },
    source: "PR-9, PR-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let weights = distinct(form.indicators.iter().filter_map(|i| i.weight));
        if weights.len() < 3 {
            continue;
        }
        if form.indicators.iter().any(|i| i.weight.is_none() && i.target.is_some()) {
            out.lack();
            continue;
        }
        out.judge();
        let indicators: Decimal = weights.iter().map(|w| w.0.value()).sum();
        let execution = execution_weight(form);
        let sum = indicators + execution.unwrap_or_default();
        let full = form.total_weight.map_or(Decimal::ONE_HUNDRED, |t| t.0.value());
        // Without a printed weight for the execution rate the indicators may be the rest of 100.
        let rest = execution.is_none() && form.total_weight.is_none() && [80, 90].iter().any(|n| indicators == Decimal::from(*n));
        let stray = !super::levels_differ::gaps(form).is_empty();
        if sum == full || indicators == full || rest || stray {
            continue;
        }
        // Less than the full score may be a form cut in two by a page, or an execution rate without a printed weight; far
        // off, it is another way of counting.
        let whole = form.total_weight.is_some() && (!form.amounts.is_empty() || !form.project.is_empty()) && execution.is_some();
        let near = (sum - full).abs() <= Decimal::from(20) && (sum > full || whole);
        let Some(primary) = form.total_weight.map(|t| t.1).or(weights.last().map(|w| w.1)).filter(|_| near) else { continue };
        let shown = execution.map(|e| format!("（含预算执行率{}分）", e.normalize())).unwrap_or_default();
        out.report(
            primary,
            Bilingual::new(
                format!("{}各项分值相加为{}分{shown}，不是{}分", title(form), sum.normalize(), full.normalize()),
                format!("{}: the weights add up to {}, not {}", title(form), sum.normalize(), full.normalize()),
            ),
            Bilingual::new("请核对各项指标的分值。", "Check the weight of every indicator."),
        )
        .against_all(weights.iter().map(|w| w.1).filter(|s| *s != primary))
        .numbers(full.normalize().to_string(), sum.normalize().to_string());
    }
}

/// 分值 of the execution rate.
pub(super) fn execution_weight(form: &TargetForm) -> Option<Decimal> {
    form.amounts.iter().find_map(|a| a.weight).map(|w| w.0.value())
}

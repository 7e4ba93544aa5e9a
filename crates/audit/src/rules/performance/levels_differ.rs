//! F0514: a level whose weight differs from its parts.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Indicator, TargetForm};
use keqiao_quantity::{Decimal, Printed};
use keqiao_source::Span;

use super::reading::distinct;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0514",
    name: "level-weight-differs-from-parts",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "上级指标的分值不等于下级之和", en: "A level whose weight differs from its parts" },
    why: Fixed {
        zh: "二级指标的分值等于它下面三级指标的分值之和，一级等于二级之和。",
        en: "The weight of a level is the sum of the weights below it.",
    },
    source: "PR-12, PR-35",
    check,
};

/// A level whose parts give another sum.
pub(super) struct Gap {
    name: String,
    stated: (Printed, Span),
    sum: Decimal,
    parts: Vec<Span>,
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        if form.indicators.iter().any(|i| i.level1_weight.is_some() || i.level2_weight.is_some()) {
            out.judge();
        }
        for gap in gaps(form) {
            let (stated, sum) = (gap.stated.0.value().normalize(), gap.sum.normalize());
            out.report(
                gap.stated.1,
                Bilingual::new(
                    format!("“{}”分值{stated}分，下级指标分值之和为{sum}分", gap.name),
                    format!("{}: weight {stated}, but the weights below it add up to {sum}", gap.name),
                ),
                Bilingual::new("请核对各级指标的分值。", "Check the weights of all levels."),
            )
            .against_all(gap.parts)
            .numbers(stated.to_string(), sum.to_string());
        }
    }
}

/// Every level with a printed weight that its parts do not give.
pub(super) fn gaps(form: &TargetForm) -> Vec<Gap> {
    let rows = &form.indicators;
    let mut found = Vec::new();
    let second = |i: &Indicator| i.level2_weight;
    for group in rows.chunk_by(|a, b| a.level1 == b.level1 && a.level2 == b.level2) {
        let Some(stated) = group.iter().find_map(second) else { continue };
        let parts = distinct(group.iter().filter_map(|i| i.weight));
        if group.iter().all(|i| i.weight.is_some()) {
            found.extend(gap(&group[0].level2, stated, &parts));
        }
    }
    for group in rows.chunk_by(|a, b| a.level1 == b.level1) {
        let Some(stated) = group.iter().find_map(|i| i.level1_weight) else { continue };
        let lower = distinct(group.iter().filter_map(second));
        let parts = if lower.is_empty() { distinct(group.iter().filter_map(|i| i.weight)) } else { lower };
        let whole = group.chunk_by(|a, b| a.level2 == b.level2).all(|g| g.iter().any(|i| i.level2_weight.is_some()) || g.iter().all(|i| i.weight.is_some()));
        if whole {
            found.extend(gap(&group[0].level1, stated, &parts));
        }
    }
    found
}

fn gap(name: &str, stated: (Printed, Span), parts: &[(Printed, Span)]) -> Option<Gap> {
    let sum: Decimal = parts.iter().map(|p| p.0.value()).sum();
    (!parts.is_empty() && sum != stated.0.value()).then(|| Gap {
        name: name.to_owned(),
        stated,
        sum,
        parts: parts.iter().map(|p| p.1).filter(|s| *s != stated.1).collect(),
    })
}

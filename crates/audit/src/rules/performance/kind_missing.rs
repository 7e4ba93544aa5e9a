//! F0534: a kind of indicator that is missing.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::TargetForm;
use keqiao_source::Span;

use super::reading::{asks_satisfaction, tight_span, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0534",
    name: "indicator-kind-missing",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "缺少应有的指标类型", en: "A kind of indicator that is missing" },
    why: Fixed {
        zh: "绩效指标一般应包括数量、质量、时效、成本、效益和满意度；缺项的，目标不完整。",
        en: "A form should have indicators of quantity, quality, time, cost, benefit and satisfaction.",
    },
    source: "PR-4, PR-5",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in cx.report.forms.iter().filter(|f| f.indicators.len() >= 4 && f.indicators.iter().any(|i| i.target.is_some() && !i.level2.is_empty())) {
        out.judge();
        let has = |words: &[&str]| form.indicators.iter().any(|i| words.iter().any(|w| i.level2.contains(w) || i.level1.contains(w)));
        let mut missing = Vec::new();
        for (zh, en, words) in [
            ("数量指标", "quantity", &["数量"][..]),
            ("时效指标", "time", &["时效"]),
            ("成本指标", "cost", &["成本"]),
            ("效益指标", "benefit", &["效益", "影响", "效果"]),
        ] {
            if !has(words) {
                missing.push((zh, en));
            }
        }
        if !form.indicators.iter().any(asks_satisfaction) {
            missing.push(("满意度指标", "satisfaction"));
        }
        let Some(span) = place(form).filter(|_| !missing.is_empty()) else { continue };
        let zh: Vec<&str> = missing.iter().map(|m| m.0).collect();
        let en: Vec<&str> = missing.iter().map(|m| m.1).collect();
        out.report(
            tight_span(cx.report, span, 24),
            Bilingual::new(format!("{}没有{}", title(form), zh.join("、")), format!("{}: no indicator of {}", title(form), en.join(", "))),
            Bilingual::new("请补充缺少的指标，或说明不适用。", "Add the missing kinds, or say that they do not apply."),
        );
    }
}

fn place(form: &TargetForm) -> Option<Span> {
    form.project_span.or(form.heading_span).or_else(|| form.indicators.first()?.level3.as_ref().map(|c| c.span))
}

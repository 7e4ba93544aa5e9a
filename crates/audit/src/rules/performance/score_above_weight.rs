//! F0515: a score above its weight.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::reading::name;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0515",
    name: "score-above-weight",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "得分高于分值", en: "A score above its weight" },
    why: Fixed {
        zh: "一项指标的得分不能超过它的分值。",
        en: "No indicator can score more than its weight.",
    },
    source: "PR-14, PR-18",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let indicators = form.indicators.iter().map(|i| (name(i).to_owned(), i.weight, i.score));
        let funds = form.amounts.iter().map(|a| (a.label.clone(), a.weight, a.score));
        for (name, weight, score) in indicators.chain(funds) {
            let (Some((weight, there)), Some((score, here))) = (weight, score) else { continue };
            if name.contains("加分") {
                continue;
            }
            out.judge();
            if score.value() <= weight.value() {
                continue;
            }
            out.report(
                here,
                Bilingual::new(format!("“{name}”得分{score}，高于分值{weight}"), format!("{name}: score {score} is above the weight {weight}")),
                Bilingual::new("请核对得分和分值。", "Check score and weight."),
            )
            .against(there)
            .numbers(score.to_string(), format!("≤{weight}"));
        }
    }
}

//! F0508: satisfaction answered in words.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::reading::{amounts, asks_satisfaction, name, tight};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0508",
    name: "satisfaction-without-percent",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "满意度只写“满意”，没有百分比", en: "Satisfaction answered in words" },
    why: Fixed {
        zh: "满意度要有问卷和统计结果。目标是百分比、实际只写“满意”的，无法核实，也不能据此得分。",
        en: "Satisfaction needs a survey with a result. A percent answered by a word cannot be checked or scored.",
    },
    source: "PR-19",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in form.indicators.iter().filter(|i| asks_satisfaction(i)) {
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            out.judge();
            let digits = |t: &str| t.chars().any(|c| c.is_ascii_digit());
            if digits(&actual.text) || actual.text.contains("百分之") {
                continue;
            }
            let measured = !amounts(&target.text).is_empty();
            out.report_at(
                if measured { Level::Warning } else { Level::Info },
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”的目标是{}，实际只写“{}”，没有满意度百分比", name(indicator), target.text, brief(&actual.text)),
                    format!("{}: the target is {}, the actual is only “{}” without a percent", name(indicator), target.text, brief(&actual.text)),
                ),
                Bilingual::new("请填写问卷统计的满意度，并说明发放和回收份数。", "Give the percent from the survey, with the number of answers."),
            )
            .against(tight(cx.report, target));
        }
    }
}

fn brief(text: &str) -> String {
    text.chars().take(20).collect()
}

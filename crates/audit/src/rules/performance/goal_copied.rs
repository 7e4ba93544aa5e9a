//! F0505: a goal of the year that is copied as its own result.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::actuals_copied::is_same;
use super::reading::{tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0505",
    name: "goal-copied-as-result",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "年度目标原文照抄为完成情况", en: "A goal of the year that is copied as its own result" },
    why: Fixed {
        zh: "“实际完成情况”应写做了什么、做到什么程度；与预期目标一字不差，等于没有填写。",
        en: "The result should say what was done; a copy of the goal says nothing.",
    },
    source: "PR-27",
    check,
};

/// Shorter goals may have to be said in the same words.
const CHARS_MIN: usize = 12;

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for goal in &form.goals {
            let (Some(expected), Some(actual)) = (&goal.expected, &goal.actual) else { continue };
            if expected.text.chars().count() < CHARS_MIN {
                continue;
            }
            out.judge();
            if expected.text != actual.text || expected.span == actual.span {
                continue;
            }
            // A form copied as a whole is reported once, there.
            let copied = form.indicators.iter().filter(|i| is_same(i)).count();
            let level = if copied * 100 >= form.indicators.len() * 85 && copied > 5 { Level::Info } else { Level::Warning };
            out.report_at(
                level,
                tight(cx.report, actual),
                Bilingual::new(
                    format!("{}的年度目标与实际完成情况一字不差", title(form)),
                    format!("{}: the result of the year repeats the goal word for word", title(form)),
                ),
                Bilingual::new("请写明实际做了什么、完成了多少。", "Say what was done, and how much."),
            )
            .against(tight(cx.report, expected));
        }
    }
}

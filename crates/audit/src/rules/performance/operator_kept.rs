//! F0503: an actual that keeps the operator of its target.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Bound;

use super::reading::{amounts, name, tight};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0503",
    name: "actual-keeps-operator-of-target",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "实际完成值照抄目标的“≥”“以上”", en: "An actual that keeps the operator of its target" },
    why: Fixed {
        zh: "实际完成值应当是统计出来的一个数。写成“≥85%”“2次以上”，说明只是抄了目标，没有统计。",
        en: "An actual is one counted number. An operator in it shows that the target was copied and nothing was counted.",
    },
    source: "PR-27",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            let (Some(asked), Some(got)) = (one(&target.text), one(&actual.text)) else { continue };
            out.judge();
            let limited = matches!(got.bound, Some(Bound::AtLeast | Bound::AtMost | Bound::MoreThan));
            // “超过30场” may be a counted statement; the sign or the words of a target are not.
            let words = ["≥", "≤", ">", "以上", "不低于", "不少于", "以内", "不超过", "以下"].iter().any(|w| actual.text.contains(w));
            if !limited || !words || got.exact() != asked.exact() || !got.alike(&asked) {
                continue;
            }
            out.report(
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”的实际完成值写“{}”，照抄了目标“{}”，不是实际数", name(indicator), actual.text, target.text),
                    format!("{}: the actual “{}” copies the target “{}” and is no counted value", name(indicator), actual.text, target.text),
                ),
                Bilingual::new("请填写统计得到的实际数值。", "Put the value that was counted."),
            )
            .against(tight(cx.report, target))
            .numbers(actual.text.clone(), target.text.clone());
        }
    }
}

fn one(text: &str) -> Option<super::reading::Amount> {
    let mut found = amounts(text);
    (found.len() == 1 && text.chars().count() <= 20).then(|| found.remove(0))
}

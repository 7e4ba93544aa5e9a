//! F0501: a target that was missed without a reason.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Bound, Decimal};

use super::reading::{Verdict, comparable, explained, is_monitoring, name, tight, verdict};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0501",
    name: "target-missed-without-reason",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "未完成指标没有说明原因", en: "A target that was missed without a reason" },
    why: Fixed {
        zh: "自评办法要求未完成的指标说明偏差原因和改进措施；只列数字、不说原因，结果无法用于改进。",
        en: "The rules of self-evaluation ask for a reason for every missed target; a bare number cannot be learnt from.",
    },
    source: "PR-26, PR-29",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in cx.report.forms.iter().filter(|f| !is_monitoring(f)) {
        for indicator in &form.indicators {
            let verdict = verdict(indicator);
            if verdict != Verdict::Unknown {
                out.judge();
            }
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            if verdict != Verdict::Missed || explained(cx.report, form, indicator) {
                continue;
            }
            let Some((t, a)) = comparable(indicator) else { continue };
            let cap = matches!(t.bound, Some(Bound::AtMost | Bound::LessThan));
            let percent = if t.exact().is_zero() { Decimal::ZERO } else { a.exact() / t.exact() * Decimal::ONE_HUNDRED }.round_dp(1).normalize();
            let (zh, en) = if cap { ("超出", "over") } else { ("未达到", "below") };
            out.report(
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”实际完成{}，{zh}目标{}（{percent}%），没有说明原因", name(indicator), actual.text, target.text),
                    format!("{}: {} is {en} the target {} ({percent}%), and no reason is given", name(indicator), actual.text, target.text),
                ),
                Bilingual::new("请在偏差原因栏说明未完成的原因和改进措施，或核对实际完成值。", "Give the reason and what will be done, or check the actual value."),
            )
            .against(tight(cx.report, target))
            .numbers(actual.text.clone(), target.text.clone());
        }
    }
}

//! F0502: a target that was far exceeded without a reason.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Decimal;

use super::reading::{Verdict, explained, name, tight, verdict};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0502",
    name: "target-far-exceeded-without-reason",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "大幅超额完成没有说明原因", en: "A target that was far exceeded without a reason" },
    why: Fixed {
        zh: "实际值超过目标三成以上，多半是目标定低了或者口径变了；自评办法要求说明，必要时扣分。",
        en: "An actual 30 % or more above its target usually means that the target was too low; the rules ask for the reason.",
    },
    source: "PR-6, PR-17, PR-26",
    check,
};

/// From here on a reason is asked for.
const RATIO_MIN: Decimal = Decimal::from_parts(13, 0, 0, false, 1);
/// From here on the target can hardly have been meant.
const RATIO_GRAVE: Decimal = Decimal::from_parts(20, 0, 0, false, 1);
/// Targets this small are exceeded by a single event.
const TARGET_MIN: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let Verdict::Surpassed(ratio) = verdict(indicator) else { continue };
            out.judge();
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            if ratio < RATIO_MIN || explained(cx.report, form, indicator) {
                continue;
            }
            let small = super::reading::amounts(&target.text).iter().all(|a| a.top() < TARGET_MIN);
            let level = if ratio >= RATIO_GRAVE && !small { Level::Warning } else { Level::Info };
            let percent = (ratio * Decimal::ONE_HUNDRED).round_dp(1).normalize();
            out.report_at(
                level,
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”实际完成{}，是目标{}的{percent}%，没有说明原因", name(indicator), actual.text, target.text),
                    format!("{}: {} is {percent}% of the target {}, and no reason is given", name(indicator), actual.text, target.text),
                ),
                Bilingual::new("请说明超额的原因；目标定低的，下年应调整指标值。", "Say why; if the target was too low, raise it next year."),
            )
            .against(tight(cx.report, target))
            .numbers(actual.text.clone(), target.text.clone());
        }
    }
}

//! F0516: a full score for a target that was missed.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Bound, Decimal, Printed};

use super::reading::{Verdict, comparable, name, tight, verdict};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0516",
    name: "score-ignoring-shortfall",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "未完成目标却得满分", en: "A full score for a target that was missed" },
    why: Fixed {
        zh: "实际值低于目标的，得分一般按完成比例计算；没有完成却得满分，自评失真。",
        en: "Below the target the score follows the share reached; a full score for a miss is no evaluation.",
    },
    source: "PR-14, PR-16, PR-29",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let (Some((weight, _)), Some((score, at)), Some(actual)) = (indicator.weight, indicator.score, &indicator.actual) else { continue };
            let Some((target, reached)) = comparable(indicator) else { continue };
            let verdict = verdict(indicator);
            if verdict == Verdict::Unknown || weight.is_zero() {
                continue;
            }
            out.judge();
            let cap = matches!(target.bound, Some(Bound::AtMost | Bound::LessThan));
            let (part, whole) = if cap { (target.exact(), reached.exact()) } else { (reached.exact(), target.exact()) };
            let share = part.checked_div(whole).unwrap_or(Decimal::ONE);
            let right = Printed::round(weight.value() * share, 2);
            let full = score.value() == weight.value();
            // Whole points hide a shortfall that costs less than one point.
            let hidden = weight.value() - right.value() < Decimal::ONE && score.decimals() == 0;
            let (level, zh, en) = match (verdict, full) {
                (Verdict::Missed, true) if hidden => (Level::Info, "按完成比例约为", "by the share reached it would be about"),
                (Verdict::Missed, true) => (Level::Warning, "按完成比例应为", "by the share reached it would be"),
                _ => continue,
            };
            out.report_at(
                level,
                at,
                Bilingual::new(
                    format!("“{}”实际{}未达目标，仍得满分{score}，{zh}{right}", name(indicator), actual.text),
                    format!("{}: {} misses the target but has the full score {score}; {en} {right}", name(indicator), actual.text),
                ),
                Bilingual::new("请按评分办法重新计算得分。", "Compute the score by the rule again."),
            )
            .against(tight(cx.report, actual))
            .numbers(score.to_string(), right.to_string());
        }
    }
}

//! F0535: an actual in another unit than its target.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;

use super::reading::{amounts, name, tight};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0535",
    name: "actual-in-other-unit",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "目标与实际完成值的计量单位不同", en: "An actual in another unit than its target" },
    why: Fixed {
        zh: "目标用“期”、实际用“人次”，两者无法比较，也无法计分。",
        en: "A target in sessions and an actual in persons cannot be compared or scored.",
    },
    source: "PR-5",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            let ([asked], [got]) = (&amounts(&target.text)[..], &amounts(&actual.text)[..]) else { continue };
            let named = |a: &super::reading::Amount| !a.unit.base_name().is_empty();
            if !named(asked) || !named(got) || target.text.chars().count() > 16 || actual.text.chars().count() > 16 {
                continue;
            }
            out.judge();
            let counts = asked.unit.kind == Kind::Count && got.unit.kind == Kind::Count;
            if asked.alike(got) || asked.per.is_some() || !(counts || asked.unit.kind != got.unit.kind) {
                continue;
            }
            out.report(
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”的目标是{}，实际写{}，计量单位不同", name(indicator), target.text, actual.text),
                    format!("{}: target {}, actual {}: different units", name(indicator), target.text, actual.text),
                ),
                Bilingual::new("请用与目标相同的计量单位填写实际完成值。", "Give the actual in the unit of the target."),
            )
            .against(tight(cx.report, target));
        }
    }
}

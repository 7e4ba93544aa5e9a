//! F0507: an actual that lacks the number its target asks for.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::CellText;
use keqiao_quantity::Kind;

use super::reading::{amounts, asks_satisfaction, name, tight};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0507",
    name: "actual-without-the-number-asked",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "目标有数，实际完成值没有数", en: "An actual that lacks the number its target asks for" },
    why: Fixed {
        zh: "目标是一个数，完成情况也要用同口径的数来回答，否则无法判断是否完成。",
        en: "A target that is a number must be answered with a number, or nobody can tell whether it was reached.",
    },
    source: "PR-5, PR-26",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for indicator in &form.indicators {
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            let [asked] = &amounts(&target.text)[..] else { continue };
            let timing = indicator.level2.contains("时效") || name(indicator).contains("时间");
            if asks_satisfaction(indicator) || timing || target.text.chars().count() > 30 {
                continue;
            }
            out.judge();
            if has_number(actual) {
                continue;
            }
            // “全部完成” answers a target of 100 % in its own way.
            let done = ["完成", "达标", "达到", "全部", "均", "合格", "已", "100", "是", "符合"].iter().any(|w| actual.text.contains(w));
            let firm = asked.bound.is_some() || asked.unit.kind == Kind::Percent;
            out.report_at(
                if done || !firm || actual.text.chars().count() < 2 { Level::Info } else { Level::Warning },
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”的目标是{}，实际完成值“{}”没有数", name(indicator), target.text, actual.text),
                    format!("{}: the target is {}, but the actual “{}” gives no number", name(indicator), target.text, actual.text),
                ),
                Bilingual::new("请填写同口径的实际数值。", "Answer with a number of the same kind."),
            )
            .against(tight(cx.report, target));
        }
    }
}

fn has_number(cell: &CellText) -> bool {
    cell.text.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十百千两零".contains(c))
}

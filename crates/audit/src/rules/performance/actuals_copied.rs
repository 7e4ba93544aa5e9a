//! F0504: a form whose actuals are all copied from its targets.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::Indicator;

use super::reading::{amounts, asks_satisfaction, tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0504",
    name: "actuals-copied-from-targets",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "整张表的实际完成值与目标完全相同", en: "A form whose actuals are all copied from its targets" },
    why: Fixed {
        zh: "数量、成本、满意度都与年初目标一字不差，实际中几乎不会发生；这样的自评没有统计依据。",
        en: "Counts, costs and satisfaction that all equal the plan to the last digit hardly ever happen; such a form was not filled from records.",
    },
    source: "PR-27",
    check,
};

/// Fewer rows than this may well all be exactly as planned.
const ROWS_MIN: usize = 6;

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let both: Vec<&Indicator> = form.indicators.iter().filter(|i| i.target.is_some() && i.actual.is_some()).collect();
        if both.len() < ROWS_MIN {
            continue;
        }
        out.judge();
        let same: Vec<&Indicator> = both.iter().copied().filter(|i| is_same(i)).collect();
        // A satisfaction or benefit that hits a target below 100 % exactly was not measured.
        let measured = |i: &&Indicator| asks_satisfaction(i) || i.level1.contains("效益") || i.level2.contains("效益");
        let unlikely = same.iter().copied().filter(|i| measured(i)).any(|i| i.target.as_ref().is_some_and(|t| !t.text.starts_with("100") && !amounts(&t.text).is_empty()));
        if same.len() * 100 < both.len() * 85 || !unlikely {
            continue;
        }
        let Some(first) = same.first().and_then(|i| i.actual.as_ref()) else { continue };
        let mut report = out.report(
            tight(cx.report, first),
            Bilingual::new(
                format!("{}的{}项指标中有{}项实际完成值与目标完全相同（含效益、满意度），应是照抄目标", title(form), both.len(), same.len()),
                format!("{}: {} of {} actuals, satisfaction or benefits among them, equal their targets word for word", title(form), same.len(), both.len()),
            ),
            Bilingual::new("请按统计、问卷、支付记录填写实际完成值。", "Fill in the values from records, surveys and payments."),
        );
        for indicator in same.iter().take(40) {
            report = report.against_all(indicator.target.iter().chain(&indicator.actual).map(|c| tight(cx.report, c)).filter(|s| *s != tight(cx.report, first)));
        }
        let goals = form.goals.iter().filter(|g| g.expected.as_ref().zip(g.actual.as_ref()).is_some_and(|(e, a)| e.text == a.text));
        report.against_all(goals.filter_map(|g| g.actual.as_ref()).map(|a| tight(cx.report, a)));
    }
}

/// Whether the actual says what the target says.
pub(super) fn is_same(indicator: &Indicator) -> bool {
    indicator.target.as_ref().zip(indicator.actual.as_ref()).is_some_and(|(t, a)| t.text == a.text)
}

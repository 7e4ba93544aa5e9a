//! F0512: a completion later than its deadline.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::dates::{Day, days};
use super::reading::{explained, is_monitoring, name, tight};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0512",
    name: "completion-later-than-target",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "完成时间晚于目标时间", en: "A completion later than its deadline" },
    why: Fixed {
        zh: "时效指标没有按期完成，应说明原因并扣减得分。",
        en: "A missed deadline needs a reason and costs points.",
    },
    source: "PR-26, TX-10",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in cx.report.forms.iter().filter(|f| !is_monitoring(f)) {
        for indicator in &form.indicators {
            let (Some(target), Some(actual)) = (&indicator.target, &indicator.actual) else { continue };
            let ([due], [done]) = (&days(&target.text)[..], &days(&actual.text)[..]) else { continue };
            let impossible = |d: &Day| !d.exists();
            for (cell, _) in [(target, due), (actual, done)].into_iter().filter(|(_, d)| impossible(d)) {
                out.report_at(
                    Level::Error,
                    tight(cx.report, cell),
                    Bilingual::new(format!("“{}”中的日期“{}”不存在", name(indicator), cell.text), format!("{}: there is no such day: {}", name(indicator), cell.text)),
                    Bilingual::new("请核对日期。", "Check the date."),
                );
            }
            if due.year != done.year && (due.year.is_none() || done.year.is_none()) {
                continue;
            }
            out.judge();
            if *done <= *due || impossible(due) || impossible(done) || explained(cx.report, form, indicator) {
                continue;
            }
            out.report(
                tight(cx.report, actual),
                Bilingual::new(
                    format!("“{}”实际{}，晚于目标{}，没有说明原因", name(indicator), actual.text, target.text),
                    format!("{}: {} is later than the target {}, and no reason is given", name(indicator), actual.text, target.text),
                ),
                Bilingual::new("请说明延期原因，或核对日期。", "Give the reason for the delay, or check the date."),
            )
            .against(tight(cx.report, target))
            .numbers(actual.text.clone(), target.text.clone());
        }
    }
}

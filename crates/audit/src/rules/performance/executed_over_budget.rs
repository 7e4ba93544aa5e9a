//! F0521: more executed than the budget of the year.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::reading::title;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0521",
    name: "executed-over-budget",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "执行数大于预算数", en: "More executed than the budget of the year" },
    why: Fixed {
        zh: "没有预算不得支出；执行数大于全年预算数，多半是预算调整没有填入或数字有误。",
        en: "Nothing may be spent without a budget; more executed than budgeted usually means that an adjustment was left out.",
    },
    source: "PR-24",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let Some(total) = form.amounts.first() else { continue };
        let (Some(budget), Some(executed)) = (&total.budget, &total.executed) else { continue };
        out.judge();
        if executed.0.interval().low <= budget.0.interval().high {
            continue;
        }
        out.report(
            executed.1,
            Bilingual::new(
                format!("{}执行数{}大于预算数{}", title(form), executed.0.show(), budget.0.show()),
                format!("{}: executed {} is more than the budget {}", title(form), executed.0.show(), budget.0.show()),
            ),
            Bilingual::new("请核对是否漏填调整预算，或金额有误。", "Check whether an adjustment of the budget is missing."),
        )
        .against(budget.1)
        .numbers(executed.0.show(), budget.0.show());
    }
}

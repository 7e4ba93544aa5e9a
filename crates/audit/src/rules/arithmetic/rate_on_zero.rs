//! A0113: a completion rate or growth on a base of zero.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0113",
    name: "rate-on-zero-base",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "以 0 为基数计算的百分比", en: "A rate on a base of zero" },
    why: Fixed {
        zh: "预算数或上年数为 0 时没有完成率、增长率可言，应写“—”或说明。",
        en: "With a budget or a last year of zero there is no rate; write a dash or say so.",
    },
    source: "3.4",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let completions = report.relations.completions.iter().filter_map(|c| Some((c.percent?, c.budget, c.actual)));
    for (percent, budget, actual) in completions {
        let percent = report.fact(percent);
        out.judge();
        let zero_budget = budget.is_some_and(|b| report.fact(b).value.printed.is_zero());
        let nothing = budget.is_none() && percent.value.printed.is_zero() && actual.is_some_and(|a| report.fact(a).value.printed.is_zero());
        if zero_budget || nothing {
            out.report(
                percent.clause,
                Bilingual::new(
                    format!("预算数为 0 或未安排，写“完成 {}%”没有意义", percent.value.printed),
                    format!("a completion of {}% on a budget of zero has no meaning", percent.value.printed),
                ),
                Bilingual::new("改写为“未安排预算，未发生支出”。", "Say that nothing was budgeted and nothing spent."),
            )
            .against_all(actual.map(|a| report.fact(a).span))
            .numbers(format!("{}%", percent.value.printed), "—");
        }
    }
}

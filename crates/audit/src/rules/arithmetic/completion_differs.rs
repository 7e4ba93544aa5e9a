//! A0105: a completion rate that account and budget cannot give.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{quotient_percent, share_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0105",
    name: "completion-differs-from-quotient",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "预算完成率与决算、预算数不符", en: "A completion rate that account and budget cannot give" },
    why: Fixed {
        zh: "完成率 = 决算数 ÷ 预算数。年初预算与全年预算是两个分母，文中写明的那个说了算。",
        en: "Completion is the account divided by the budget. Initial and adjusted budget are two denominators; the one the text names counts.",
    },
    source: "0.3, 0.4, 3.2",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for completion in &report.relations.completions {
        let (Some(actual), Some(percent)) = (completion.actual, completion.percent) else { continue };
        let Some(budget) = completion.budget else {
            out.lack();
            continue;
        };
        let (actual, budget, percent) = (report.fact(actual), report.fact(budget), report.fact(percent));
        if actual.value.unit != budget.value.unit || budget.value.printed.is_zero() {
            out.lack();
            continue;
        }
        out.judge();
        let (a, b, p) = (actual.value.printed, budget.value.printed, percent.value.printed);
        if share_agrees(a, b, p) {
            continue;
        }
        let Some(right) = quotient_percent(a, b, p.decimals()) else { continue };
        let slip = (right.value() - p.value()).abs() <= p.half_unit() + p.half_unit();
        out.report_at(
            if slip { Level::Warning } else { Level::Error },
            percent.clause,
            Bilingual::new(
                format!("完成率应为 {right}%，文中写 {p}%：{} ÷ {}", actual.value.show(), budget.value.show()),
                format!("the completion rate is {right}%, not {p}%: {} ÷ {}", actual.value.show(), budget.value.show()),
            ),
            Bilingual::new("按 决算数 ÷ 预算数 重新计算，或核对预算数。", "Divide account by budget again, or check the budget."),
        )
        .against(actual.span)
        .against(budget.span)
        .numbers(format!("{p}%"), format!("{right}%"));
    }
}

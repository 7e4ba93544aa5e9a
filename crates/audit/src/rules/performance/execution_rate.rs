//! F0519: an execution rate that its amounts cannot give.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Printed, quotient_percent, share_agrees};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0519",
    name: "execution-rate-differs-from-quotient",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "执行率与预算数、执行数不符", en: "An execution rate that its amounts cannot give" },
    why: Fixed {
        zh: "执行率＝全年执行数÷全年预算数。",
        en: "The execution rate is executed ÷ budget of the year.",
    },
    source: "0.3, PR-24, 3.2",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for amounts in &form.amounts {
            let (Some((rate, at)), Some(executed)) = (amounts.rate, amounts.executed.as_ref()) else { continue };
            let Some(budget) = amounts.budget.as_ref().or(amounts.initial.as_ref()).filter(|b| !b.0.printed.is_zero()) else {
                out.lack();
                continue;
            };
            if executed.0.unit != budget.0.unit {
                out.lack();
                continue;
            }
            out.judge();
            let (e, b) = (executed.0.printed, budget.0.printed);
            // Some forms print the rate as a fraction.
            let agrees = |whole: Printed| share_agrees(e, whole, rate) || (rate.value() <= Decimal::ONE && share_agrees(e, whole, percent_of(rate)));
            if agrees(b) {
                continue;
            }
            let initial = amounts.initial.as_ref().is_some_and(|i| !i.0.printed.is_zero() && agrees(i.0.printed));
            let Some(right) = quotient_percent(e, b, rate.decimals()) else { continue };
            let slip = (right.value() - rate.value()).abs() <= rate.half_unit() + rate.half_unit();
            let level = if initial { Level::Info } else if slip { Level::Warning } else { Level::Error };
            out.report_at(
                level,
                at,
                Bilingual::new(
                    format!("执行率应为{right}%（{}÷{}），表中为{rate}%", executed.0.show(), budget.0.show()),
                    format!("the execution rate is {right}% ({} ÷ {}), the form says {rate}%", executed.0.show(), budget.0.show()),
                ),
                Bilingual::new("请按全年执行数÷全年预算数重新计算。", "Divide executed by the budget of the year again."),
            )
            .against(executed.1)
            .against(budget.1)
            .numbers(format!("{rate}%"), format!("{right}%"));
        }
    }
}

/// 0.98 printed as a fraction is 98 with two decimals fewer.
fn percent_of(rate: Printed) -> Printed {
    let hundredfold = rate.value() * Decimal::ONE_HUNDRED;
    Printed::round(hundredfold, rate.decimals().saturating_sub(2))
}

//! F0522: cost indicators that do not match the budget.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{CellText, Indicator, TargetForm};
use keqiao_quantity::{Decimal, Kind};

use super::reading::{Amount, amounts, name, tight, title};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0522",
    name: "costs-miss-budget",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "成本指标与项目预算对不上", en: "Cost indicators that do not match the budget" },
    why: Fixed {
        zh: "成本指标（单价×数量）合计应与项目预算相当；超过预算的，目标和资金不匹配。",
        en: "Unit cost × quantity should match the budget; more than the budget means that money and targets do not fit.",
    },
    source: "PR-5",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let Some(budget) = form.amounts.first().and_then(|a| a.budget.as_ref()) else { continue };
        let rows: Vec<&Indicator> = form.indicators.iter().filter(|i| i.level2.contains("成本") && i.target.is_some()).collect();
        if rows.len() < 2 {
            continue;
        }
        let costs: Vec<Option<Decimal>> = rows.iter().map(|i| cost(form, i)).collect();
        let Some(sum) = costs.iter().copied().sum::<Option<Decimal>>() else {
            out.lack();
            continue;
        };
        out.judge();
        let whole = budget.0.printed.value().saturating_mul(budget.0.unit.factor);
        let slack = whole * Decimal::new(5, 2);
        // One row for the whole and others for its parts.
        let nested = costs.iter().flatten().any(|c| (*c - whole).abs() <= slack);
        if (sum - whole).abs() <= slack || whole.is_zero() || nested {
            continue;
        }
        let Some(first) = rows[0].target.as_ref() else { continue };
        let shown = (sum / budget.0.unit.factor).round_dp(2).normalize();
        let level = if sum > whole { Level::Warning } else { Level::Info };
        out.report_at(
            level,
            budget.1,
            Bilingual::new(
                format!("{}预算{}，成本指标合计{shown}{}", title(form), budget.0.show(), budget.0.unit.name),
                format!("{}: the budget is {}, the cost indicators make {shown}{}", title(form), budget.0.show(), budget.0.unit.name),
            ),
            Bilingual::new("请核对成本指标是否漏项、单价和数量是否有误。", "Check for missing costs, and unit prices and quantities."),
        )
        .against(tight(cx.report, first))
        .against_all(rows.iter().skip(1).filter_map(|i| i.target.as_ref()).map(|t| tight(cx.report, t)))
        .numbers(budget.0.show(), format!("{shown}{}", budget.0.unit.name));
    }
}

/// A cost in 元: an amount, or a unit price times the quantity of the indicator that counts the same thing.
fn cost(form: &TargetForm, indicator: &Indicator) -> Option<Decimal> {
    let target: &CellText = indicator.target.as_ref()?;
    let [amount] = &amounts(&target.text)[..] else { return None };
    if amount.unit.kind != Kind::Money || amount.bound.is_some() || amount.upper.is_some() {
        return None;
    }
    let Some(per) = &amount.per else { return Some(amount.exact()) };
    let counted = |i: &&Indicator| i.level2.contains("数量") && akin(name(i), name(indicator));
    let quantities: Vec<Amount> = form
        .indicators
        .iter()
        .filter(counted)
        .filter_map(|i| amounts(&i.target.as_ref()?.text).into_iter().find(|a| a.unit.base_name() == *per && a.upper.is_none()))
        .collect();
    match &quantities[..] {
        [quantity] => Some(amount.exact().saturating_mul(quantity.exact())),
        // A yearly price without a number of years is the price of this year.
        [] if per == "年" => Some(amount.exact()),
        _ => None,
    }
}

/// Whether two indicators name the same thing: one holds the other, or they share four characters in a row.
fn akin(a: &str, b: &str) -> bool {
    let chars: Vec<char> = a.chars().collect();
    !b.is_empty() && (a.contains(b) || b.contains(a) || chars.windows(4).any(|w| b.contains(&w.iter().collect::<String>())))
}

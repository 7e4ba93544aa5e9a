//! 相应匹配: what is promised and what it costs fit the budget.

use keqiao_base::Fen;
use keqiao_quantity::Decimal;

use super::amount::{ROUNDING, cost, same};
use super::{Advice, Criterion, Field, applying, remark};
use crate::Target;

/// The remarks of this test.
pub(super) fn advise(target: &Target) -> Vec<Advice> {
    if target.budget <= Fen::ZERO {
        return Vec::new();
    }
    quantities_cost(target).into_iter().chain(costs_are_the_budget(target)).collect()
}

/// Σ quantity × unit cost is at most the budget, within rounding.
fn quantities_cost(target: &Target) -> Option<Advice> {
    let costs: Vec<Fen> = applying(target)
        .filter_map(|(_, i)| {
            let fen = Decimal::from(i.unit_cost?.get()).checked_mul(i.lower?)?;
            i64::try_from(fen.round()).ok().map(Fen::new)
        })
        .collect();
    let sum: Fen = costs.iter().copied().sum();
    let slack = Fen::new(i64::try_from(costs.len()).unwrap_or(1).saturating_mul(ROUNDING));
    (sum > target.budget + slack).then(|| {
        let (sum_text, budget, more) = (sum.yuan(), target.budget.yuan(), (sum - target.budget).yuan());
        remark(
            "matching.quantity",
            Criterion::Matching,
            None,
            Field::Cost,
            format!("各项数量乘以单位成本合计{sum_text}元，比预算{budget}元多{more}元。请减少数量、核对单位成本，或说明其余资金从哪里来。"),
            format!("Quantities times unit costs make {sum_text} yuan, {more} more than the budget of {budget}. Promise less, check the unit costs, or say who pays the rest."),
        )
    })
}

/// The amounts of the cost indicators make the budget: all together, or one of them alone with the others as its parts.
fn costs_are_the_budget(target: &Target) -> Option<Advice> {
    let costs: Vec<Fen> = applying(target).filter_map(|(_, i)| cost(i)).collect();
    if costs.is_empty() {
        return None;
    }
    let sum: Fen = costs.iter().copied().sum();
    let whole = costs.iter().any(|c| same(*c, target.budget, 1))
        && (costs.len() == 1 || same(sum - target.budget, target.budget, costs.len()));
    if whole || same(sum, target.budget, costs.len()) {
        return None;
    }
    let (listed, budget, gap) = (sum.wan(), target.budget.wan(), (target.budget - sum).abs().wan());
    let (zh, en) = if sum < target.budget { ("少", "less") } else { ("多", "more") };
    Some(remark(
        "matching.cost",
        Criterion::Matching,
        None,
        Field::Cost,
        format!("成本指标合计{listed}万元，比预算{budget}万元{zh}{gap}万元。请补全或改正成本指标，使合计等于预算。"),
        format!(
            "The cost indicators make {listed} 万元, {gap} {en} than the budget of {budget} 万元. Complete or correct them."
        ),
    ))
}

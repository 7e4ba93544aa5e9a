//! What stands in the way of an allocation.

use keqiao_quantity::Decimal;

use super::{Body, Factor, Sharing};
use crate::Objection;

/// Everything that must be put right first; an objection about a body carries its place.
pub(super) fn objections(sharing: &Sharing) -> Vec<Objection> {
    let mut found = of_the_whole(sharing);
    for (at, body) in sharing.bodies.iter().enumerate() {
        found.extend(
            sharing
                .factors
                .iter()
                .enumerate()
                .filter(|(_, f)| !f.equal)
                .filter_map(|(k, factor)| value(at, body, k, factor)),
        );
    }
    if found.is_empty() {
        found.extend(sharing.factors.iter().enumerate().filter_map(|(k, factor)| nobody_has(sharing, k, factor)));
    }
    found
}

fn of_the_whole(sharing: &Sharing) -> Vec<Objection> {
    let mut found = Vec::new();
    if sharing.pool.get() < 0 {
        found.push(Objection::whole("allocation.pool", "资金总额不能为负数。", "The pool cannot be negative."));
    }
    if sharing.bodies.is_empty() {
        found.push(Objection::whole("allocation.bodies", "请先列出参加分配的单位。", "List who gets a share first."));
    }
    for factor in sharing.factors.iter().filter(|f| f.weight.is_none_or(|w| w <= Decimal::ZERO)) {
        found.push(Objection::whole(
            "allocation.weight",
            format!("因素“{}”没有权重。请填写大于0的百分数，不用的因素请删去。", factor.zh),
            format!("The factor “{}” has no weight. Give a percentage above 0, or remove it.", factor.en),
        ));
    }
    let sum: Decimal = sharing.factors.iter().filter_map(|f| f.weight).fold(Decimal::ZERO, Decimal::saturating_add);
    if found.is_empty() && sum != Decimal::ONE_HUNDRED {
        let sum = sum.normalize();
        found.push(Objection::whole(
            "allocation.weights",
            format!("各因素权重合计为{sum}%，应为100%。"),
            format!("The weights add up to {sum} %, not 100 %."),
        ));
    }
    let mut names: Vec<&str> = sharing.bodies.iter().map(|b| b.name.trim()).collect();
    names.sort_unstable();
    for twice in names.windows(2).filter_map(|pair| matches!(pair, [a, b] if a == b).then_some(pair[0])) {
        found.push(Objection::whole(
            "allocation.twice",
            format!("“{twice}”列了两次。请合并或改名。"),
            format!("“{twice}” is listed twice. Join or rename them."),
        ));
    }
    if sharing.keep_percent.is_some_and(|p| p <= Decimal::ZERO || p > Decimal::ONE_HUNDRED) {
        found.push(Objection::whole(
            "allocation.keep",
            "补助面须大于0%，不超过100%。",
            "The part of the bodies that get something must be above 0 % and at most 100 %.",
        ));
    }
    found
}

fn value(at: usize, body: &Body, k: usize, factor: &Factor) -> Option<Objection> {
    match body.values.get(k).copied().flatten() {
        None => Some(Objection::at(
            at,
            "allocation.missing",
            format!("“{}”缺因素“{}”的数。确实没有的请填0，不要留空。", body.name, factor.zh),
            format!(
                "“{}” has no value for “{}”. Write 0 if there is none; an empty cell is no zero.",
                body.name, factor.en
            ),
        )),
        Some(v) if v < Decimal::ZERO => Some(Objection::at(
            at,
            "allocation.negative",
            format!("“{}”的“{}”为负数（{}）。请更正。", body.name, factor.zh, v.normalize()),
            format!("“{}” has a negative value for “{}” ({}). Correct it.", body.name, factor.en, v.normalize()),
        )),
        Some(_) => None,
    }
}

fn nobody_has(sharing: &Sharing, k: usize, factor: &Factor) -> Option<Objection> {
    let any = factor.equal
        || sharing.bodies.iter().any(|b| b.values.get(k).copied().flatten().is_some_and(|v| v > Decimal::ZERO));
    (!any).then(|| {
        Objection::whole(
            "allocation.nobody",
            format!("因素“{}”各单位都是0，无法按它分配。请删去这个因素，把权重分给其他因素。", factor.zh),
            format!(
                "Nobody has any of “{}”: its part cannot be shared out. Remove it and give its weight to others.",
                factor.en
            ),
        )
    })
}

/// No factor, or no share.
pub(super) fn nothing_to_share_by() -> Objection {
    Objection::whole("allocation.factors", "没有可用来分配的因素。", "There is no factor to share by.")
}

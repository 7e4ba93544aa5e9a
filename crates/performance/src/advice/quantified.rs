//! 细化量化: an operator, a number and a unit, or a level that can be told apart; and no branch left empty.

use keqiao_quantity::Decimal;

use super::words::{has_number, vague};
use super::{Advice, Criterion, Field, applying, remark};
use crate::{Indicator, Level1, Level2, Operator, Target};

/// The remarks of this test.
pub(super) fn advise(target: &Target, no_satisfaction: bool) -> Vec<Advice> {
    let mut found = Vec::new();
    if let Some(word) = vague(&target.goal) {
        found.push(at(
            "quantified.goal",
            None,
            Field::Goal,
            format!("总体目标只有“{word}”一类的话，没有数。请写明今年办几场、服务多少人、达到什么程度。"),
            format!("The goal says “{word}” and has no number. Say how many events, how many people, to what level."),
        ));
    }
    for (place, indicator) in applying(target) {
        match indicator.operator {
            Operator::Qualitative => found.extend(in_words(place, indicator)),
            _ => found.extend(in_numbers(place, indicator)),
        }
    }
    found.extend(branches(target, no_satisfaction));
    found
}

fn at(
    code: &'static str,
    indicator: Option<usize>,
    field: Field,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Advice {
    remark(code, Criterion::Quantified, indicator, field, zh, en)
}

fn in_words(place: usize, indicator: &Indicator) -> Option<Advice> {
    let text = indicator.text.as_deref().unwrap_or("").trim();
    if indicator.level1 == Level1::Satisfaction {
        return (!has_number(text)).then(|| {
            at(
                "quantified.satisfaction",
                Some(place),
                Field::Value,
                "满意度要有数。请改为“≥”加百分数，如≥90%，并做问卷。",
                "Satisfaction is a number. Use “≥” with a percentage such as 90 %, and ask people.",
            )
        });
    }
    if text.is_empty() {
        return Some(at(
            "quantified.level",
            Some(place),
            Field::Value,
            "定性指标要写明达到什么程度才算完成。",
            "Say which level counts as reached.",
        ));
    }
    vague(text).map(|word| {
        at(
            "quantified.vague",
            Some(place),
            Field::Value,
            format!("“{word}”没有尺度，年底无法判断是否完成。请换成数量、比例，或写明可核对的档次，如“通过验收”“较上年提高1个百分点”。"),
            format!("“{word}” has no scale: at the end of the year nobody can tell. Use a number, a share, or a level that can be checked."),
        )
    })
}

fn in_numbers(place: usize, indicator: &Indicator) -> Vec<Advice> {
    let mut found = Vec::new();
    let range = indicator.operator == Operator::Range;
    if indicator.lower.is_none() || (range && indicator.upper.is_none()) {
        found.push(at(
            "quantified.value",
            Some(place),
            Field::Value,
            if range {
                "请填写区间的下限和上限。"
            } else {
                "请填写指标值（一个数）；确实无法用数表示的，把符号改为“定性”。"
            },
            if range {
                "Give both ends of the range."
            } else {
                "Give the target as a number, or choose “qualitative” if there is none."
            },
        ));
    }
    if indicator.unit.trim().is_empty() {
        found.push(at(
            "quantified.unit",
            Some(place),
            Field::Unit,
            "请填写计量单位，如场次、人次、%、万元。",
            "Give the unit: sessions, persons, %, 万元.",
        ));
    }
    if let (true, Some(low), Some(high)) = (range, indicator.lower, indicator.upper)
        && low >= high
    {
        let (low, high) = (low.normalize(), high.normalize());
        found.push(at(
            "quantified.range",
            Some(place),
            Field::Value,
            format!("区间的下限{low}应小于上限{high}。"),
            format!("The lower end {low} must be below the upper end {high}."),
        ));
    }
    found.extend(impossible_percent(place, indicator));
    found
}

/// More than 100 % of something that has only 100: a rate, a satisfaction. Growth may be more.
fn impossible_percent(place: usize, indicator: &Indicator) -> Option<Advice> {
    let grows = ["增", "提高", "提升", "比"].iter().any(|w| indicator.name.contains(w));
    let value = indicator.lower.filter(|v| *v > Decimal::ONE_HUNDRED)?;
    (indicator.unit.trim() == "%" && !grows).then(|| {
        at(
            "quantified.percent",
            Some(place),
            Field::Value,
            format!("指标值{}%超过了100%。请核对数字或单位。", value.normalize()),
            format!("The target of {} % is more than 100 %. Check the number or the unit.", value.normalize()),
        )
    })
}

/// At least one 数量, one 效益 and, unless it does not apply, one 满意度 (PR-5).
fn branches(target: &Target, no_satisfaction: bool) -> Vec<Advice> {
    if target.indicators.is_empty() {
        return vec![at(
            "quantified.empty",
            None,
            Field::List,
            "还没有指标。可以从指标库里按项目类型挑选，再改成自己的。",
            "There is no indicator yet. Pick some from the library by kind of project and adapt them.",
        )];
    }
    let has = |test: fn(&Indicator) -> bool| applying(target).any(|(_, i)| test(i));
    let checks = [
        (
            has(|i| i.level2 == Level2::Quantity),
            "quantified.no_quantity",
            "还没有数量指标。请至少写一条：办几场、服务多少人、做多少件。",
            "There is no quantity yet. Add at least one: how many events, people, pieces.",
        ),
        (
            has(|i| i.level1 == Level1::Benefit),
            "quantified.no_benefit",
            "还没有效益指标。请至少写一条：做了以后带来什么变化，怎样衡量。",
            "There is no benefit yet. Add at least one: what changes by it, and how that is measured.",
        ),
        (
            no_satisfaction || has(|i| i.level1 == Level1::Satisfaction),
            "quantified.no_satisfaction",
            "还没有满意度指标。请写明对谁做调查、达到多少；口径规定不适用的除外。",
            "There is no satisfaction yet. Say whom you ask and which percentage counts, unless the profile leaves it out.",
        ),
    ];
    let missing = checks.into_iter().filter(|(is, ..)| !is);
    missing.map(|(_, code, zh, en)| at(code, None, Field::List, zh, en)).collect()
}

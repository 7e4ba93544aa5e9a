//! 合理可行: held against what was reached last year.

use keqiao_quantity::Decimal;

use super::{Advice, Criterion, Field, applying, remark};
use crate::{Indicator, Target};

/// Below this percentage of last year's actual a target is too easy.
const EASY_BELOW: i64 = 70;
/// Above this percentage it is too hard to believe.
const HARD_ABOVE: i64 = 150;

/// The remarks of this test.
pub(super) fn advise(target: &Target) -> Vec<Advice> {
    applying(target).filter_map(|(at, indicator)| against_the_past(at, indicator)).collect()
}

/// What was reached last: of the latest year that is known, else the baseline.
fn past(indicator: &Indicator) -> Option<(Option<i32>, Decimal)> {
    let latest = indicator.history.iter().max_by_key(|p| p.year).map(|p| (Some(p.year), p.actual));
    latest.or_else(|| indicator.baseline.map(|b| (None, b))).filter(|(_, value)| *value > Decimal::ZERO)
}

fn against_the_past(at: usize, indicator: &Indicator) -> Option<Advice> {
    let (target, (year, actual)) = (indicator.lower?, past(indicator)?);
    let hundred_times = target.saturating_mul(Decimal::ONE_HUNDRED);
    let low = hundred_times < actual.saturating_mul(EASY_BELOW.into());
    let high = hundred_times > actual.saturating_mul(HARD_ABOVE.into());
    if !low && !high {
        return None;
    }
    let percent = hundred_times.checked_div(actual)?.round();
    let (t, a, unit) = (target.normalize(), actual.normalize(), indicator.unit.as_str());
    let when_zh = year.map_or("此前".to_owned(), |y| format!("{y}年"));
    let when_en = year.map_or("before".to_owned(), |y| format!("in {y}"));
    let (why_zh, why_en) = match (low, indicator.operator.is_reverse()) {
        (true, false) => ("定得偏低，年底很可能大幅超额", "is low: it will probably be far exceeded"),
        (true, true) => ("压得很紧，请确认做得到", "is tight: make sure that it can be kept"),
        (false, false) => ("定得偏高，请确认做得到", "is high: make sure that it can be reached"),
        (false, true) => ("放得很宽，起不到控制作用", "is loose: it limits nothing"),
    };
    Some(remark(
        if low { "reasonable.low" } else { "reasonable.high" },
        Criterion::Reasonable,
        Some(at),
        Field::Value,
        format!(
            "{when_zh}实际为{a}{unit}，现在的指标值{t}{unit}是它的{percent}%，{why_zh}。如情况有变，请在说明里写清原因，否则请调整。"
        ),
        format!(
            "The actual {when_en} was {a} {unit}; a target of {t} {unit} is {percent} % of it and {why_en}. Adjust it, or say what has changed."
        ),
    ))
}

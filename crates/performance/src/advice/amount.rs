//! Amounts of money in indicators.

use keqiao_base::Fen;
use keqiao_quantity::{Decimal, Kind, Unit};

use crate::{Indicator, Level2};

/// Money printed in 万元 with two digits may be off by 50 元 (rule book 3.1).
pub(super) const ROUNDING: i64 = 5_000;

/// A value in 元, 万元 or 亿元 as money; none for another unit.
pub(super) fn money(value: Decimal, unit: &str) -> Option<Fen> {
    let unit = Unit::money(unit.trim()).filter(|u| u.kind == Kind::Money)?;
    let fen = value.checked_mul(unit.factor)?.checked_mul(Decimal::ONE_HUNDRED)?;
    i64::try_from(fen.round()).ok().map(Fen::new)
}

/// The amount that an indicator of cost names for the whole of something: no unit price, no allowance per head.
pub(super) fn cost(indicator: &Indicator) -> Option<Fen> {
    let of_cost = matches!(indicator.level2, Level2::OutputCost | Level2::EconomicCost);
    let each = ["单价", "人均", "每", "标准", "平均", "单位成本", "/"].iter().any(|w| indicator.name.contains(w));
    (of_cost && !each).then_some(())?;
    money(indicator.upper.or(indicator.lower)?, &indicator.unit)
}

/// Whether two amounts are one, when each may have been rounded to 0.01 万元.
pub(super) fn same(a: Fen, b: Fen, rounded: usize) -> bool {
    let slack = i64::try_from(rounded).unwrap_or(1).saturating_mul(ROUNDING);
    (a - b).abs().get() <= slack
}

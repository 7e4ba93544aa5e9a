//! PR-23: the word for a total. Bands are half open: a total of 89.99 is 良, also where a form prints “80–89”.

use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

/// One band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 优, 良, 中, 差 …
    pub word: String,
    /// In English.
    pub word_en: String,
    /// Fewest points, included; the band ends below the one before it.
    pub from: Decimal,
}

/// The band of a total; `bands` are ordered from the best to the one that starts at zero.
pub fn band(bands: &[Band], total: Decimal) -> Option<&Band> {
    bands.iter().find(|b| total >= b.from)
}

/// Whether the bands cover everything from 0 to 100 once: falling, the first at most at 100, the last at zero.
pub fn is_partition(bands: &[Band]) -> bool {
    bands.first().is_some_and(|b| b.from <= Decimal::ONE_HUNDRED)
        && bands.last().is_some_and(|b| b.from.is_zero())
        && bands.windows(2).all(|pair| matches!(pair, [a, b] if a.from > b.from && a.word != b.word))
}

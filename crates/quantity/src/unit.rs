//! Units: money, percent, points, and measure words.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a printed number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An amount of money in 元, 万元 or 亿元.
    Money,
    /// A percentage.
    Percent,
    /// A difference of two percentages (个百分点).
    Points,
    /// A number of things, people, occasions.
    Count,
}

/// The unit of a number: what it counts and how many base units one is worth.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The kind.
    pub kind: Kind,
    /// As it is written after normalising brackets: 万元, %, 人次, 万册, 台（套）. Empty when nothing is written.
    pub name: String,
    /// Base units (元, %, single things) in one.
    pub factor: Decimal,
}

impl Unit {
    /// Money printed in 元, 万元, 亿元 (also 千元, 百万元).
    pub fn money(name: &str) -> Option<Unit> {
        let factor = match name {
            "元" => 1,
            "千元" => 1_000,
            "万元" => 10_000,
            "百万元" => 1_000_000,
            "亿元" => 100_000_000,
            _ => return None,
        };
        Some(Unit { kind: Kind::Money, name: name.into(), factor: Decimal::from(factor) })
    }

    /// Percent.
    pub fn percent() -> Unit {
        Unit { kind: Kind::Percent, name: "%".into(), factor: Decimal::ONE }
    }

    /// Percentage points.
    pub fn points() -> Unit {
        Unit { kind: Kind::Points, name: "个百分点".into(), factor: Decimal::ONE }
    }

    /// A measure word with an optional leading 万 or 亿.
    pub fn count(name: &str) -> Unit {
        let factor = match name.chars().next() {
            Some('万') => 10_000,
            Some('亿') => 100_000_000,
            _ => 1,
        };
        Unit { kind: Kind::Count, name: name.into(), factor: Decimal::from(factor) }
    }

    /// The measure word without 万 or 亿, and with occasions of people and things brought together: 人（次） = 人次.
    pub fn base_name(&self) -> String {
        self.name.trim_start_matches(['万', '亿']).replace(['（', '）'], "")
    }
}

//! The actual (实际完成值) of an indicator, and how it was got: computed and frozen as a figure, or stated and signed by a person.

use keqiao_base::{AccountId, FigureId, Moment};
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

keqiao_base::coded! {
    /// How far a qualitative target was reached (PR-18).
    pub enum Reached {
        /// Reached.
        Full = "full" => ("达成年度指标", "Reached"),
        /// Reached in part, with some effect.
        Partial = "partial" => ("部分达成年度指标并具有一定效果", "Reached in part, with some effect"),
        /// Not reached.
        Missed = "missed" => ("未达成年度指标且效果较差", "Not reached, with little effect"),
    }
}

/// How an actual was got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "got", rename_all = "snake_case")]
pub enum Got {
    /// The platform computed it and froze it with what is behind it.
    Figure {
        /// The figure.
        figure: FigureId,
    },
    /// A person states it and signs.
    Statement {
        /// Who signs.
        by: AccountId,
        /// When.
        at: Moment,
        /// The file that proves it, by SHA-256.
        file: Option<String>,
    },
}

/// What an indicator reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actual {
    /// The value in the indicator's unit; nothing for a qualitative one.
    pub value: Option<Decimal>,
    /// How far, for a qualitative one.
    pub reached: Option<Reached>,
    /// What the person says was reached, in words; empty for a figure.
    pub words: String,
    /// How it was got.
    pub got: Got,
}

//! PR-18: what cannot be counted is judged in three levels; each allows a range of the weight.

use keqiao_i18n::Bilingual;
use keqiao_quantity::Decimal;
use serde::{Deserialize, Serialize};

use crate::Reached;

/// The points that a level allows, in percent of the weight: from `from`, up to `to` (with it only at 100).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRange {
    /// The level.
    pub level: Reached,
    /// Least, included.
    pub from: Decimal,
    /// Most; included only when it is 100.
    pub to: Decimal,
}

impl LevelRange {
    /// Whether a score is one that the level allows.
    pub fn allows(&self, weight: Decimal, score: Decimal) -> bool {
        let percent = score.saturating_mul(Decimal::ONE_HUNDRED);
        let (from, to) = (self.from.saturating_mul(weight), self.to.saturating_mul(weight));
        percent >= from && (percent < to || (self.to == Decimal::ONE_HUNDRED && percent == to))
    }
}

/// A score that a person gives for a level.
///
/// # Errors
///
/// Says which scores the level allows, when this is none of them, or when the profile knows no such level.
pub fn leveled(ranges: &[LevelRange], weight: Decimal, level: Reached, score: Decimal) -> Result<Decimal, Bilingual> {
    let title = level.title();
    let Some(range) = ranges.iter().find(|r| r.level == level) else {
        return Err(Bilingual::new(
            format!("本口径没有“{}”这一档。", title.zh),
            format!("This profile has no level “{}”.", title.en),
        ));
    };
    if range.allows(weight, score) {
        return Ok(score);
    }
    let part = |percent: Decimal| percent.saturating_mul(weight) / Decimal::ONE_HUNDRED;
    let (from, to) = (part(range.from).normalize(), part(range.to).normalize());
    let (end_zh, end_en) =
        if range.to == Decimal::ONE_HUNDRED { ("（含）", "at most") } else { ("（不含）", "less than") };
    Err(Bilingual::new(
        format!(
            "选的是“{}”，得分应在{from}分到{to}分{end_zh}之间，填的是{}分。请改得分，或改选档次。",
            title.zh,
            score.normalize()
        ),
        format!(
            "“{}” allows at least {from} and {end_en} {to} points, not {}. Change the score or the level.",
            title.en,
            score.normalize()
        ),
    ))
}

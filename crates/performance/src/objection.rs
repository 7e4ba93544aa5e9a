//! An objection (不符项): what stands in the way of submitting targets or an evaluation. It says what is wrong and what to do.
//! Not advice, which can be ignored (`advice`).

use keqiao_i18n::Bilingual;
use serde::Serialize;

/// What must be put right first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// The stable code, such as `weight.sum`.
    pub code: &'static str,
    /// Which indicator, by its place in the list; none when it is about the whole.
    pub indicator: Option<usize>,
    /// What is wrong and what to do.
    pub message: Bilingual,
}

impl Objection {
    /// About the whole.
    pub fn whole(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Objection { code, indicator: None, message: Bilingual::new(zh, en) }
    }

    /// About one indicator.
    pub fn at(indicator: usize, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Objection { code, indicator: Some(indicator), message: Bilingual::new(zh, en) }
    }
}

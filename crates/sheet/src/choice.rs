//! The fixed choices of columns, with what clerks write for them.

use keqiao_i18n::Fixed;

/// One choice: stored code, name, and other ways of writing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The stable code.
    pub code: &'static str,
    /// The name that people read.
    pub title: Fixed,
    /// Other ways of writing it.
    pub also: &'static [&'static str],
}

impl Choice {
    /// One choice, for lists that are declared as constants.
    pub const fn new(code: &'static str, zh: &'static str, en: &'static str, also: &'static [&'static str]) -> Choice {
        Choice { code, title: Fixed { zh, en }, also }
    }
}

/// The choice with this code.
pub(crate) fn by_code(choices: &'static [Choice], code: &str) -> Option<&'static Choice> {
    choices.iter().find(|c| c.code == code)
}

/// The choice that somebody wrote, by name, other name or code.
pub(crate) fn written(choices: &'static [Choice], text: &str) -> Option<&'static Choice> {
    let text = crate::folded(text).to_lowercase();
    let same = |name: &str| crate::folded(name).to_lowercase() == text;
    choices.iter().find(|c| same(c.title.zh) || same(c.title.en) || c.code == text || c.also.iter().any(|a| same(a)))
}

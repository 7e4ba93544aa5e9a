//! What the user of the command line must correct: a wrong rule name, a list of suppressions without reasons.

use keqiao_i18n::Bilingual;

/// A message in both languages; the exit code is 2.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What and how to put it right.
    pub(crate) message: Bilingual,
}

impl Refusal {
    /// A refusal in both languages.
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
        Refusal { message: Bilingual::new(zh, en) }
    }
}

/// Refuses a rule that does not exist: a slip of the pen would silently check nothing.
pub(crate) fn no_such_rule(asked: &str) -> Refusal {
    Refusal::new(
        format!("没有规则“{asked}”。keqiao rules 列出全部规则。"),
        format!("there is no rule “{asked}”; `keqiao rules` lists them"),
    )
}

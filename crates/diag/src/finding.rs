//! The finding, its level and its marks in the text.

use keqiao_i18n::Bilingual;
use keqiao_source::Span;
use serde::{Deserialize, Serialize};

/// How sure and how grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Arguable or cosmetic.
    Info,
    /// Very likely a defect.
    Warning,
    /// A contradiction by arithmetic or between two statements.
    Error,
}

impl Level {
    /// The word in the output formats.
    pub fn word(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What a mark is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The words at fault.
    Primary,
    /// What they contradict, or what they were computed from.
    Secondary,
}

/// A place in the text with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Why it is marked.
    pub role: Role,
    /// The words, tight.
    pub span: Span,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's code, e.g. `A0101`: never reused.
    pub code: String,
    /// The rule's name, a noun phrase for the defect.
    pub name: String,
    /// The level.
    pub level: Level,
    /// Headline: the thing, both values, the difference.
    pub message: Bilingual,
    /// One line of advice.
    pub advice: Bilingual,
    /// What the document says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
    /// What it should say by computation or by the other statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<String>,
    /// Marks; the first is primary.
    pub marks: Vec<Mark>,
}

impl Finding {
    /// Span of the primary mark.
    pub fn primary(&self) -> Span {
        self.marks.first().map_or(Span { start: 0, end: 0 }, |m| m.span)
    }
}

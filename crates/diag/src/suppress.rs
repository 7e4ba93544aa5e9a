//! Suppressions: a finding that somebody answered for. Each has a reason and a name, and is listed in the output.

use serde::{Deserialize, Serialize};

use crate::Finding;

/// One suppression. All given conditions must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppression {
    /// Code or name of the rule.
    pub rule: String,
    /// Words that must stand under one of the finding's marks; any finding of the rule when absent.
    #[serde(default)]
    pub quote: Option<String>,
    /// End of the file's name or path; any file when absent.
    #[serde(default)]
    pub file: Option<String>,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who accepted it.
    pub by: String,
}

/// A finding together with the suppression that silenced it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
}

/// A list of suppressions, as read from a TOML file of `[[suppress]]` entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suppressions {
    /// The entries.
    #[serde(default)]
    pub suppress: Vec<Suppression>,
}

impl Suppressions {
    /// The first entry without a reason or a name; such a list is refused.
    pub fn unsigned(&self) -> Option<&Suppression> {
        self.suppress.iter().find(|s| s.reason.trim().is_empty() || s.by.trim().is_empty())
    }

    /// Splits findings into those that stand and those that are suppressed.
    pub fn apply(&self, file: &str, text: &str, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Suppressed>) {
        let (mut stand, mut silent) = (Vec::new(), Vec::new());
        for finding in findings {
            match self.suppress.iter().find(|s| s.covers(file, text, &finding)) {
                Some(s) => silent.push(Suppressed { finding, reason: s.reason.clone(), by: s.by.clone() }),
                None => stand.push(finding),
            }
        }
        (stand, silent)
    }
}

impl Suppression {
    fn covers(&self, file: &str, text: &str, finding: &Finding) -> bool {
        (self.rule == finding.code || self.rule == finding.name)
            && self.file.as_ref().is_none_or(|f| file.ends_with(f.as_str()))
            && self.quote.as_ref().is_none_or(|q| {
                finding.marks.iter().any(|m| {
                    let words = m.span.of(text);
                    words.contains(q.as_str()) || q.contains(words) && !words.is_empty()
                })
            })
    }
}

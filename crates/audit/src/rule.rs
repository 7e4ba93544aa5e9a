//! What a rule is: identity, explanation and logic in one file.

use std::sync::OnceLock;

use keqiao_diag::Level;
use keqiao_facts::{FactIndex, Report};
use keqiao_i18n::Fixed;
use keqiao_source::Folded;

use crate::rules::{Passage, passages};
use crate::{Profile, Sink, words};

/// The family of a rule: the first letter of its code, and its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// A: numbers of one statement.
    Arithmetic,
    /// R: one quantity stated twice.
    Restated,
    /// P: years and dates.
    Period,
    /// T: the public tables.
    Table,
    /// F: targets, indicators, scores.
    Performance,
    /// D: parts, attachments, glossary, numbering.
    Disclosure,
    /// X: words and signs.
    Text,
    /// C: codes and names.
    Classification,
}

/// One rule. Every file under `rules/` holds one as `RULE`.
#[derive(Debug)]
pub struct Rule {
    /// Family letter and four digits; never reused.
    pub code: &'static str,
    /// The defect as a noun phrase.
    pub name: &'static str,
    /// The gravest level it reports.
    pub level: Level,
    /// Version that brought it.
    pub since: &'static str,
    /// What it finds, one line.
    pub title: Fixed,
    /// Why that matters, a sentence or two.
    pub why: Fixed,
    /// Where it comes from: rule numbers of the basis (`CK-3`, `TX-2`), or a form.
    pub source: &'static str,
    /// The logic.
    pub check: fn(&Context<'_>, &mut Sink),
}

impl Rule {
    /// The family, by the code's letter.
    pub fn family(&self) -> Family {
        match self.code.as_bytes().first() {
            Some(b'A') => Family::Arithmetic,
            Some(b'R') => Family::Restated,
            Some(b'P') => Family::Period,
            Some(b'T') => Family::Table,
            Some(b'F') => Family::Performance,
            Some(b'D') => Family::Disclosure,
            Some(b'C') => Family::Classification,
            _ => Family::Text,
        }
    }
}

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its facts by measure.
    pub index: &'a FactIndex,
    /// Weights, bands, table sets of its region, level and year.
    pub profile: &'a Profile,
    /// Last year's report of the same body, when the user gave one.
    pub last_year: Option<&'a Report>,
    /// Counts with the words around them, read once for all rules that compare statements.
    pub(crate) counts: OnceLock<Vec<Passage<'a>>>,
    /// Everything printed, folded piece by piece, for all rules on wording.
    pub(crate) printed: OnceLock<Vec<Folded>>,
}

impl<'a> Context<'a> {
    pub(crate) fn printed(&self) -> &[Folded] {
        self.printed.get_or_init(|| words::printed(self.report))
    }

    pub(crate) fn counts(&self) -> &[Passage<'a>] {
        self.counts.get_or_init(|| passages(self.report))
    }
}

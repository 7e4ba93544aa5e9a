//! Whose report, of which year and kind.

use keqiao_document::Document;
use keqiao_facts::{Identity, Paragraph, Section};

/// Reads the identity from title, headings and the words that recur.
pub(crate) fn identity(_document: &Document, _sections: &[Section], paragraphs: &[Paragraph]) -> Identity {
    // The year named most often before 年 is a fair first guess.
    let mut counts = std::collections::BTreeMap::<u16, usize>::new();
    for p in paragraphs {
        for (at, _) in p.folded.text().match_indices('年') {
            if let Some(year) = at.checked_sub(4).and_then(|s| p.folded.text().get(s..at)).and_then(|y| y.parse().ok()) {
                if (2000..2100).contains(&year) {
                    *counts.entry(year).or_default() += 1;
                }
            }
        }
    }
    Identity { fiscal_year: counts.into_iter().max_by_key(|c| c.1).map(|c| c.0), ..Identity::default() }
}

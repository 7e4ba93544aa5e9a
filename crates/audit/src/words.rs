//! The printed words as rules on wording read them: paragraphs and cells, folded, with their place and neighbours.

use keqiao_facts::{Paragraph, Report, Role};
use keqiao_source::{Folded, Span};

/// Paragraphs outside the table of contents.
pub(crate) fn paragraphs(report: &Report) -> impl Iterator<Item = &Paragraph> {
    report.paragraphs.iter().filter(|p| p.role != Role::Contents)
}

/// Everything printed, folded: the paragraphs, and line by line what stands between them (cells of tables, data of
/// charts).
pub(crate) fn printed(report: &Report) -> Vec<Folded> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut spans: Vec<Span> = report.paragraphs.iter().map(|p| p.span).collect();
    spans.sort_unstable();
    for span in spans {
        between(&report.text, at, span.start as usize, &mut pieces);
        at = at.max(span.end as usize);
    }
    between(&report.text, at, report.text.len(), &mut pieces);
    pieces.extend(paragraphs(report).map(|p| p.folded.clone()));
    pieces
}

fn between(text: &str, from: usize, to: usize, pieces: &mut Vec<Folded>) {
    let Some(gap) = text.get(from..to) else { return };
    let mut at = from;
    for piece in gap.split_inclusive(['\n', '\t']) {
        if !piece.trim().is_empty() {
            pieces.push(Folded::new(piece, at));
        }
        at += piece.len();
    }
}

/// Whether a character is Chinese.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The character before byte `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character from byte `at` on.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// At most `n` characters, for messages.
pub(crate) fn head(text: &str, n: usize) -> String {
    if text.chars().count() <= n { text.to_owned() } else { text.chars().take(n).chain(['…']).collect() }
}

//! Whose report, of which year and kind: title lines first, then what the document says most often.

mod entity;
mod kind;
mod region;
mod year;

use keqiao_document::Document;
use keqiao_facts::{Identity, Paragraph, Role, Section};
use keqiao_source::Folded;

/// Reads the identity from title, headings and the words that recur.
pub(crate) fn identity(document: &Document, sections: &[Section], paragraphs: &[Paragraph]) -> Identity {
    let titles = title_lines(sections, paragraphs);
    let lines = printed_lines(&document.text);
    let entity = entity::entity(&titles, &lines);
    let province = region::province(&lines, entity.as_ref().map(|e| e.0.as_str()));
    Identity {
        region: region::region(province, entity.as_ref().map(|e| e.0.as_str())),
        province: province.map(|p| p.short.to_owned()),
        fiscal_year: year::fiscal_year(&titles, sections, paragraphs),
        kind: kind::kind(&titles, sections, paragraphs),
        entity: entity.map(|(name, span)| (region::without_province(&name).to_owned(), span)),
    }
}

/// The lines before the first numbered heading: cover and title. Two short lines that follow each other may be one
/// title, so pairs come too.
fn title_lines(sections: &[Section], paragraphs: &[Paragraph]) -> Vec<String> {
    let first = sections.iter().find(|s| !s.number.is_empty()).map_or(paragraphs.len(), |s| s.paragraph as usize);
    let lines: Vec<&str> = paragraphs[..first.min(paragraphs.len())]
        .iter()
        .filter(|p| p.role != Role::Contents)
        .map(|p| p.folded.text())
        .take_while(|t| !t.contains('。'))
        .filter(|t| t.chars().count() <= 60)
        .take(8)
        .collect();
    let mut titles: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    titles.extend(lines.windows(2).map(|w| w.concat()));
    titles
}

/// Every printed line or cell, folded: names stand in cells too.
fn printed_lines(text: &str) -> Vec<Folded> {
    let mut lines = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(['\n', '\t']) {
        if !piece.trim().is_empty() {
            lines.push(Folded::new(piece, at));
        }
        at += piece.len();
    }
    lines
}

#[cfg(test)]
mod tests;

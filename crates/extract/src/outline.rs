//! Paragraphs with their roles, and the sections they stand in.

use keqiao_document::{Block, Document};
use keqiao_facts::{Paragraph, Role, Section};
use keqiao_source::Folded;

/// Sections and paragraphs.
pub(crate) fn outline(document: &Document) -> (Vec<Section>, Vec<Paragraph>) {
    let mut paragraphs = Vec::new();
    for block in &document.blocks {
        let Block::Paragraph(p) = block else { continue };
        let folded = Folded::new(p.span.of(&document.text), p.span.start as usize);
        paragraphs.push(Paragraph { span: p.span, folded, role: Role::Body, section: None, page: p.page });
    }
    (Vec::new(), paragraphs)
}

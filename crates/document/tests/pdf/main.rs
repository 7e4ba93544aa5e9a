//! The PDF reader, on files written by hand.
#![expect(clippy::float_arithmetic, reason = "places on paper are measured")]

mod hostile;
mod paper;
mod prose;
mod tables;

use keqiao_document::{Block, Document, Limits, Paragraph, Table, read};
use paper::Paper;

/// Reads pages that must be readable without any problem.
fn document(pages: &[Paper]) -> Document {
    let read = read("sample.pdf", &paper::print(pages), &Limits::default());
    assert_eq!(read.problems, Vec::new());
    read.document.expect("a document")
}

fn tables(document: &Document) -> Vec<&Table> {
    let mut found = Vec::new();
    for block in &document.blocks {
        if let Block::Table(table) = block {
            found.push(table);
        }
    }
    found
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let mut found = Vec::new();
    for block in &document.blocks {
        if let Block::Paragraph(Paragraph { span, .. }) = block {
            found.push(span.of(&document.text));
        }
    }
    found
}

/// Rows as words, cells parted by bars; what a cell covers besides its own place is left out.
fn rows(document: &Document, table: &Table) -> Vec<String> {
    let row = |r| table.row(r).map(|c| c.span.of(&document.text)).collect::<Vec<_>>().join("|");
    (0..table.rows).map(row).collect()
}

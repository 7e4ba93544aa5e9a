//! The PDF reader, on files written by hand.

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
    let table = |b| if let Block::Table(t) = b { Some(t) } else { None };
    document.blocks.iter().filter_map(table).collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let words = |b| if let Block::Paragraph(Paragraph { span, .. }) = b { Some(span.of(&document.text)) } else { None };
    document.blocks.iter().filter_map(words).collect()
}

/// Rows as words, cells parted by bars; what a cell covers besides its own place is left out.
fn rows(document: &Document, table: &Table) -> Vec<String> {
    let row = |r| table.row(r).map(|c| c.span.of(&document.text)).collect::<Vec<_>>().join("|");
    (0..table.rows).map(row).collect()
}

//! What the fuzz targets share: small limits, containers around a fuzzed part, and the promises every document keeps.

use std::io::{Cursor, Write};
use std::time::Duration;

use keqiao_document::{Block, Document, Limits, read};
use keqiao_source::Span;

/// Limits that keep one run short.
pub fn limits() -> Limits {
    Limits {
        file_bytes_max: 1 << 20,
        unpacked_bytes_max: 8 << 20,
        pages_max: 20,
        text_chars_max: 1_000_000,
        nesting_max: 16,
        time_max: Duration::from_secs(5),
    }
}

/// Lets a run go on where a library is known to panic on broken input: calamine 0.38 subtracts the ends of a reversed
/// range (`B2:A1`) unchecked. The reader catches it and loses that sheet only.
pub fn allow_known_panics() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|l| l.file().contains("calamine-")) {
            abort(info);
        }
    }));
}

/// Reads and checks. Reading catches panics of the libraries below; a fuzz run wants to see them, so the hook aborts.
pub fn read_and_check(name: &str, bytes: &[u8]) -> Option<Document> {
    let document = read(name, bytes, &limits()).document?;
    check(&document);
    Some(document)
}

/// Every span lies in the text, and every cell in its table.
pub fn check(document: &Document) {
    let inside = |span: Span| assert!(document.text.get(span.range()).is_some(), "{span:?} is not in the text");
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) => {
                inside(p.span);
                let _ = document.locate(p.span);
            }
            Block::Table(t) => {
                [t.title, t.unit, t.span].into_iter().flatten().for_each(inside);
                assert!(t.header_rows <= t.rows, "more head rows than rows");
                assert!(t.cells.is_sorted_by_key(|c| (c.row, c.column)), "cells out of order");
                for cell in &t.cells {
                    inside(cell.span);
                    assert!(cell.row + cell.row_span <= t.rows, "a cell below its table");
                    assert!(cell.column + cell.column_span <= t.columns, "a cell beside its table");
                }
            }
            Block::Chart(c) => {
                [c.caption, c.span].into_iter().flatten().for_each(inside);
                for series in &c.series {
                    series.name.into_iter().for_each(inside);
                    for (category, value) in &series.points {
                        category.into_iter().for_each(|c| inside(*c));
                        inside(*value);
                    }
                }
            }
        }
    }
}

/// A zip container of the given members, the cheap way.
pub fn container(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        zip.start_file(*name, stored).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

//! Word 97–2003 (and WPS files in that form), through office_oxide: its document tree has tables with spans in place.
//! It does not tell automatic numbers from bullets, so neither is printed.

use std::io::Cursor;

use office_oxide::ir::{Element, InlineContent, List, Table};
use office_oxide::{Document as Office, DocumentFormat, OfficeError};

use crate::flow::{Assembler, GridCell, Piece};
use crate::{Format, Limits, Problem, Read, print, refuse};

pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Problem> {
    let document = open(bytes, DocumentFormat::Doc)?;
    let mut assembler = Assembler::new(limits.nesting_max);
    let mut notes = Vec::new();
    for section in &document.to_ir().sections {
        elements(&section.elements, &mut assembler, &mut notes, limits.nesting_max);
    }
    let mut pieces = assembler.finish();
    pieces.extend(notes);
    let document = print::print(name, Format::Doc, pieces);
    Ok(Read { document: Some(document), problems: Vec::new() })
}

/// Opens a compound file with office_oxide and puts its errors into our words.
pub(crate) fn open(bytes: &[u8], format: DocumentFormat) -> Result<Office, Problem> {
    Office::from_reader(Cursor::new(bytes.to_vec()), format).map_err(|e| match e {
        OfficeError::Doc(office_oxide::doc::DocError::Encrypted) => refuse::encrypted(),
        OfficeError::Xls(
            office_oxide::xls::XlsError::Encrypted | office_oxide::xls::XlsError::EncryptionNotSupported(_),
        ) => refuse::encrypted(),
        OfficeError::Panic(_) => refuse::reader_failed(),
        _ => refuse::damaged("Office 旧格式的内部结构有误", "the structure of the old Office format is wrong"),
    })
}

fn elements(all: &[Element], to: &mut Assembler, notes: &mut Vec<Piece>, depth_left: usize) {
    let Some(depth) = depth_left.checked_sub(1) else { return };
    for element in all {
        match element {
            Element::Heading(h) => {
                to.push(Piece::Words { words: words(&h.content), heading: Some(h.level), page: None })
            }
            Element::Paragraph(p) => to.push(Piece::words(words(&p.content))),
            Element::Table(t) => table(t, to, notes, depth),
            Element::List(l) => list(l, to, notes, depth),
            Element::TextBox(b) => elements(&b.content, to, notes, depth),
            Element::Footnote(n) | Element::Endnote(n) => {
                let mut inside = Assembler::new(depth);
                elements(&n.content, &mut inside, &mut Vec::new(), depth);
                notes.extend(inside.finish());
            }
            Element::CodeBlock(c) => to.push(Piece::words(c.content.clone())),
            _ => {}
        }
    }
}

fn table(table: &Table, to: &mut Assembler, notes: &mut Vec<Piece>, depth: usize) {
    to.open_table(false);
    for row in &table.rows {
        to.open_row();
        for cell in &row.cells {
            to.open_cell(GridCell {
                row_span: cell.row_span.max(1),
                column_span: cell.col_span.max(1),
                ..GridCell::default()
            });
            elements(&cell.content, to, notes, depth);
            to.close_cell();
        }
    }
    to.close_table();
}

fn list(list: &List, to: &mut Assembler, notes: &mut Vec<Piece>, depth_left: usize) {
    let Some(depth) = depth_left.checked_sub(1) else { return };
    for item in &list.items {
        elements(&item.content, to, notes, depth);
        if let Some(nested) = &item.nested {
            self::list(nested, to, notes, depth);
        }
    }
}

fn words(content: &[InlineContent]) -> String {
    let mut words = String::new();
    for part in content {
        match part {
            InlineContent::Text(span) => words.push_str(&span.text),
            InlineContent::LineBreak => words.push('\n'),
            _ => {}
        }
    }
    words
}

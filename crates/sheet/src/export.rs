//! Lists as files: xlsx and csv, row by row. No value becomes a formula in the reader's spreadsheet.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};

/// A csv file on its way out; it begins with the mark by which Excel knows UTF-8.
pub struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    /// Begins the file with its headings.
    pub fn begin(mut out: W, heads: &[String]) -> io::Result<Self> {
        out.write_all(b"\xef\xbb\xbf")?;
        let mut csv = Csv(csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out));
        csv.row(heads)?;
        Ok(csv)
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.0.write_record(cells.iter().map(|c| guarded(c))).map_err(io::Error::from)
    }

    /// Writes what is still held back and gives the output back.
    pub fn end(self) -> io::Result<W> {
        self.0.into_inner().map_err(|e| io::Error::other(e.to_string()))
    }
}

/// A cell that a spreadsheet would run begins with an apostrophe instead; our own import takes it off again.
fn guarded(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// An xlsx file on its way out; rows go to a temporary file as they come.
pub struct Xlsx {
    book: Workbook,
    row: u32,
}

impl Xlsx {
    /// Begins the file with the name of its sheet and its headings.
    pub fn begin(name: &str, heads: &[String]) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let head = Format::new().set_bold().set_background_color(Color::RGB(0xDDE8F3));
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(name)?;
        page.set_freeze_panes(1, 0)?;
        for (at, title) in (0u16..).zip(heads) {
            page.set_column_width(at, 18)?;
            page.write_string_with_format(0, at, title, &head)?;
        }
        Ok(Xlsx { book, row: 1 })
    }

    /// Writes one row: strings only, which no spreadsheet computes.
    pub fn row(&mut self, cells: &[String]) -> Result<(), XlsxError> {
        let page = self.book.worksheet_from_index(0)?;
        for (at, cell) in (0u16..).zip(cells).filter(|(_, c)| !c.is_empty()) {
            page.write_string(self.row, at, cell)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The finished file.
    pub fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        self.book.save_to_buffer()
    }
}

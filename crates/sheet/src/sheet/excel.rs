//! Spreadsheets through calamine. A formula counts as the value it last showed; nothing is computed.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Sheets, Xlsx, open_workbook_auto_from_rs};
use keqiao_base::Refusal;

use super::{Sheet, damaged, too_large, wrong_type};

/// The most that a compressed spreadsheet may unpack to.
const UNPACKED_BYTES_MAX: u64 = 600 * 1024 * 1024;
/// The most worksheets of one file.
const SHEETS_MAX: usize = 200;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    if bytes.starts_with(b"PK") {
        unpacked_within(bytes, UNPACKED_BYTES_MAX)?;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| {
        // A zip or a compound file that is no spreadsheet: a Word document, most often.
        if zip_of_other_kind(bytes) { wrong_type() } else { damaged() }
    })?;
    let names = book.sheet_names();
    if names.len() > SHEETS_MAX {
        return Err(too_large("工作表太多（超过200张）。", "Too many worksheets (more than 200)."));
    }
    let mut found: Option<Sheet> = None;
    for name in names {
        let sheet = match &mut book {
            Sheets::Xlsx(xlsx) => stream(xlsx, &name, found.is_some())?,
            other => whole(other, &name)?,
        };
        match (&mut found, sheet.is_empty()) {
            (_, true) => {}
            (Some(first), false) => first.others += 1,
            (none, false) => *none = Some(Sheet { name, ..sheet }),
        }
    }
    Ok(found.unwrap_or_default())
}

/// Reads an xlsx worksheet cell by cell, so that a table of a million rows is refused at the limit and not held before.
/// `glance`: one cell is enough to know that the worksheet holds something.
fn stream(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, glance: bool) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    // Chart sheets and dialogs have no cells to read.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(sheet) };
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::SharedString(text) => (*text).to_owned(),
            other => text(&Data::from(other.clone())),
        };
        sheet.put(row as usize, column as usize, &text)?;
        if glance && !sheet.is_empty() {
            break;
        }
    }
    Ok(sheet)
}

fn whole(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::default();
    let range = book.worksheet_range(name).map_err(|_| damaged())?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        sheet.put(row + top as usize, column + left as usize, &text(value))?;
    }
    Ok(sheet)
}

fn text(value: &Data) -> String {
    match value {
        Data::Int(n) => n.to_string(),
        Data::Float(n) => n.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "是".to_owned(),
        Data::Bool(false) => "否".to_owned(),
        Data::DateTime(at) => date(at),
        Data::Error(e) => e.to_string(),
        Data::Empty => String::new(),
    }
}

fn date(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
    match (hour, minute) {
        (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
    }
}

/// Unpacks every part into nothing and counts: what the directory of a zip says about sizes is only a claim.
pub(super) fn unpacked_within(bytes: &[u8], bytes_max: u64) -> Result<(), Refusal> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut left = bytes_max;
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|_| damaged())?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| damaged())?;
        if read > left {
            return Err(too_large(
                "文件解压后过大，不像正常的名录表格。请删去空白格式行、图片，或另存为 csv 后上传。",
                "The file unpacks to far too much. Remove formatted empty rows and pictures, or save it as csv.",
            ));
        }
        left -= read;
    }
    Ok(())
}

fn zip_of_other_kind(bytes: &[u8]) -> bool {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).ok();
    zip.is_some_and(|zip| !zip.file_names().flatten().any(|n| n.starts_with("xl/") || n == "content.xml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_unpacks_without_end_is_refused() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for part in ["xl/a.xml", "xl/b.xml"] {
            zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 600_000), &mut zip).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 10_000);
        assert_eq!(unpacked_within(&bytes, 1_200_000), Ok(()));
        assert_eq!(unpacked_within(&bytes, 1_199_999).unwrap_err().code, "import.too_large");
    }
}

//! Rows as sheets of an Excel workbook: heads that stay in sight, filters, numbers with the decimals they were printed with.

use keqiao_i18n::{Fixed, Lang};
use keqiao_quantity::{Decimal, Printed};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// What Excel takes in one cell.
const CELL_CHARS_MAX: usize = 32_000;
/// Rows of a sheet, head included.
const ROWS_MAX: u32 = 1_048_576;
/// Digits that Excel keeps of a number.
const DIGITS_MAX: u32 = 15;

/// A cell before it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// Words.
    Words(String),
    /// A number, shown with its decimals.
    Number(Decimal),
}

/// A row.
pub(crate) type Row = Vec<Cell>;

/// A head: its words and the width of its column.
pub(crate) type Head = (Fixed, f64);

/// A head.
pub(crate) const fn head(zh: &'static str, en: &'static str, width: f64) -> Head {
    (Fixed { zh, en }, width)
}

/// Writes rows to a sheet, and to further ones where Excel's limit cuts.
pub(crate) fn sheets(
    book: &mut Workbook,
    name: &str,
    heads: &[Head],
    rows: &[Row],
    lang: Lang,
) -> Result<(), XlsxError> {
    let room = usize::try_from(ROWS_MAX - 1).unwrap_or(usize::MAX);
    let mut chunks = rows.chunks(room).collect::<Vec<_>>();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    for (n, chunk) in chunks.into_iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(if n == 0 { name.to_owned() } else { format!("{name} {}", n + 1) })?;
        write_sheet(sheet, heads, chunk, lang)?;
    }
    Ok(())
}

fn write_sheet(sheet: &mut Worksheet, heads: &[Head], rows: &[Row], lang: Lang) -> Result<(), XlsxError> {
    let bold =
        Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let decimals: Vec<Format> =
        (0..=6u32).map(|n| Format::new().set_align(FormatAlign::Top).set_num_format(pattern(n))).collect();
    for (column, (words, width)) in (0u16..).zip(heads) {
        sheet.write_string_with_format(0, column, words.get(lang), &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    let first = u32::from(!heads.is_empty());
    for (at, row) in (first..).zip(rows) {
        for (column, cell) in (0u16..16_384).zip(row) {
            match cell {
                Cell::Blank => {}
                Cell::Words(words) => {
                    sheet.write_string_with_format(at, column, words, &plain)?;
                }
                Cell::Number(n) => {
                    let format = decimals.get(n.scale() as usize).unwrap_or(&plain);
                    sheet.write_with_format(at, column, *n, format)?;
                }
            }
        }
    }
    if let Some(last) = u16::try_from(heads.len()).ok().and_then(|n| n.checked_sub(1)) {
        sheet.set_freeze_panes(1, 0)?;
        let end = u32::try_from(rows.len()).unwrap_or(ROWS_MAX).min(ROWS_MAX - 1);
        sheet.autofilter(0, 0, end, last)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    }
    Ok(())
}

/// The format that shows as many decimals as were printed.
fn pattern(decimals: u32) -> String {
    match decimals {
        0 => "0".into(),
        n => format!("0.{}", "0".repeat(n as usize)),
    }
}

/// Words, cut to what a cell takes.
pub(crate) fn words(words: &str) -> Cell {
    match words {
        "" => Cell::Blank,
        w => Cell::Words(w.chars().take(CELL_CHARS_MAX).collect()),
    }
}

/// A year.
pub(crate) fn year(year: Option<u16>) -> Cell {
    year.map_or(Cell::Blank, |y| Cell::Number(Decimal::from(y)))
}

/// A number as a number where Excel keeps all its digits, else as words.
pub(crate) fn number(printed: Printed) -> Cell {
    let digits = printed.value().mantissa().unsigned_abs().checked_ilog10().map_or(1, |n| n + 1);
    if digits <= DIGITS_MAX { Cell::Number(printed.value()) } else { Cell::Words(printed.to_string()) }
}

#[cfg(test)]
mod tests {
    use keqiao_quantity::Printed;

    use super::{Cell, number};

    #[test]
    fn number_with_too_many_digits_stays_words() {
        let of = |s: &str| number(Printed::parse(s).expect("a number"));
        assert!(matches!(of("1234567890123.45"), Cell::Number(_)));
        assert_eq!(of("12345678901234567"), Cell::Words("12345678901234567".into()));
    }
}

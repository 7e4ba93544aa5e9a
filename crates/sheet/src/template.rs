//! The spreadsheet that clerks download and fill in: headings, what may stand below them, a sample row, lists to choose from.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use keqiao_i18n::Lang;

use crate::{Column, Record, Value};

/// How the rows of the template that are no entries begin; they are passed over when the file comes back.
pub(crate) const MARKS: &[&str] = &["说明：", "示例：", "Note: ", "Sample: "];

/// Rows below the headings that have lists to choose from.
const ROWS_PREPARED: u32 = 5_000;

/// The template for a list, as the bytes of an xlsx file.
pub fn xlsx<T: Record>(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let (note, sample) = match lang {
        Lang::Zh => (MARKS[0], MARKS[1]),
        Lang::En => (MARKS[2], MARKS[3]),
    };
    let head = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xDDE8F3))
        .set_align(FormatAlign::Center);
    let required = head.clone().set_font_color(Color::RGB(0xB3261E));
    let hint = Format::new()
        .set_font_color(Color::RGB(0x5F6B76))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_num_format("@");
    let text = Format::new().set_num_format("@");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(T::TITLE.get(lang))?;
    for (at, column) in (0u16..).zip(T::columns()) {
        // Text format: a phone number or a code typed here keeps all its digits.
        page.set_column_format(at, &text)?;
        page.set_column_width(at, width(column))?;
        let star = if column.required { "*" } else { "" };
        let title = format!("{star}{}", column.title.get(lang));
        page.write_string_with_format(0, at, title, if column.required { &required } else { &head })?;
        let mark = |mark: &'static str| if at == 0 { mark } else { "" };
        page.write_string_with_format(1, at, format!("{}{}", mark(note), column.hint.get(lang)), &hint)?;
        page.write_string_with_format(2, at, format!("{}{}", mark(sample), column.sample), &hint)?;
        choices(page, at, column, lang)?;
    }
    page.set_row_height(1, 48)?;
    page.set_freeze_panes(1, 1)?;
    book.save_to_buffer()
}

fn choices(page: &mut Worksheet, at: u16, column: &Column, lang: Lang) -> Result<(), XlsxError> {
    if let Value::Choice(choices) = column.value {
        let titles: Vec<&str> = choices.iter().map(|c| c.title.get(lang)).collect();
        // A list in the file itself may have 255 characters; a longer one is left to the note above.
        if titles.iter().map(|t| t.chars().count() + 1).sum::<usize>() <= 255 {
            let list = DataValidation::new().allow_list_strings(&titles)?;
            page.add_data_validation(3, at, ROWS_PREPARED, at, &list)?;
        }
    }
    Ok(())
}

fn width(column: &Column) -> u16 {
    match column.value {
        Value::Name | Value::List(_) | Value::Email | Value::CreditCode | Value::Web => 24,
        Value::Text(max) if max > 200 => 40,
        Value::Text(max) if max > 80 => 30,
        _ => 16,
    }
}

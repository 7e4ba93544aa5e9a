//! The ledger as a Word document in the form of official papers: A4 landscape, title in 方正小标宋, heads in 黑体, text in
//! 仿宋, the heads repeated on each page, page numbers at the foot.

use std::io::{self, Cursor};

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, PageOrientationType, Paragraph, Run,
    RunFonts, Table, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};
use keqiao_i18n::{Fixed, Lang};

use super::{HEADS, Ledger, TITLE};

/// A4 in twentieths of a point, lying.
const PAGE: (u32, u32) = (16_838, 11_906);
/// Left and right margin, and the width that is left.
const MARGIN: i32 = 1_000;
const WIDTH: usize = 14_838;

/// Widths of the columns in the same unit; together [`WIDTH`].
const COLUMNS: [usize; 15] = [480, 1_280, 600, 520, 900, 2_110, 820, 820, 950, 1_800, 720, 720, 1_158, 980, 980];

/// The ledger as a document.
///
/// # Errors
/// When it cannot be written: more memory than there is.
pub fn docx(ledger: &Ledger, lang: Lang) -> io::Result<Vec<u8>> {
    let say = |zh, en| Fixed { zh, en }.get(lang);
    let title = run(TITLE.get(lang), "方正小标宋简体", 44);
    let mut about = format!("{}{}", say("制表日期：", "Made on "), ledger.made);
    about.push_str(&match lang {
        Lang::Zh => format!("　　共 {} 条", ledger.rows.len()),
        Lang::En => format!("    {} entries", ledger.rows.len()),
    });
    if !ledger.chosen.is_empty() {
        about.push_str(&format!("{}{}", say("　　范围：", "    Chosen by: "), ledger.chosen));
    }
    let mut rows = vec![TableRow::new(
        HEADS
            .iter()
            .zip(COLUMNS)
            .map(|((words, _), width)| cell(words.get(lang), width, "黑体", AlignmentType::Center))
            .collect(),
    )];
    for (n, row) in ledger.rows.iter().enumerate() {
        let cells = row.cells(n + 1);
        let line = cells.iter().zip(COLUMNS).enumerate().map(|(at, (words, width))| {
            let align = if matches!(at, 0 | 2 | 3) { AlignmentType::Center } else { AlignmentType::Left };
            cell(words, width, "仿宋", align)
        });
        rows.push(TableRow::new(line.collect()).cant_split());
    }
    let table = Table::new(rows).set_grid(COLUMNS.to_vec()).width(WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed);
    let foot =
        Paragraph::new().align(AlignmentType::Center).add_run(run("— ", "宋体", 21)).add_page_num(PageNum::new());
    let foot = foot.add_run(run(" / ", "宋体", 21)).add_num_pages(NumPages::new()).add_run(run(" —", "宋体", 21));
    let mut xml = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_orient(PageOrientationType::Landscape)
        .page_margin(PageMargin::new().left(MARGIN).right(MARGIN).top(1_200).bottom(1_100))
        .default_fonts(fonts("仿宋"))
        .footer(Footer::new().add_paragraph(foot))
        .add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(title))
        .add_paragraph(Paragraph::new().add_run(run(&about, "仿宋", 21)))
        .add_table(table)
        .build();
    xml.document = with_repeated_head(xml.document);
    let mut out = Cursor::new(Vec::new());
    xml.pack(&mut out).map_err(io::Error::other)?;
    Ok(out.into_inner())
}

/// The library cannot say that a row is a head; the first row of the only table is.
fn with_repeated_head(document: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(document) {
        Ok(xml) => xml.replacen("<w:trPr />", "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>", 1).into_bytes(),
        Err(e) => e.into_bytes(),
    }
}

fn fonts(chinese: &str) -> RunFonts {
    RunFonts::new().east_asia(chinese).ascii("Times New Roman").hi_ansi("Times New Roman")
}

/// Words in a font; the size is in half points.
fn run(words: &str, font: &str, size: usize) -> Run {
    // XML knows no control characters.
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Run::new().add_text(words).fonts(fonts(font)).size(size)
}

fn cell(words: &str, width: usize, font: &str, align: AlignmentType) -> TableCell {
    let paragraph =
        Paragraph::new().align(align).line_spacing(LineSpacing::new().line(260)).add_run(run(words, font, 18));
    TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(paragraph)
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, WIDTH, with_repeated_head};

    #[test]
    fn the_columns_fill_the_page() {
        assert_eq!(COLUMNS.iter().sum::<usize>(), WIDTH);
    }

    #[test]
    fn only_the_first_row_is_a_head() {
        let xml = with_repeated_head(b"<w:trPr /><w:trPr />".to_vec());
        assert_eq!(xml, b"<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr><w:trPr />");
    }
}

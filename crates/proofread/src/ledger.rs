//! The rectification ledger (整改台账): what was found, who answers for it, what was done. As a spreadsheet to work in, and
//! as a document to sign and file.

mod docx;

use std::io;

use keqiao_i18n::{Fixed, Lang};
use rust_xlsxwriter::Workbook;

use crate::render::sheet::{Cell, Head, Row, head, sheets, words, year};

pub use docx::docx;

/// One line of the ledger, in the language of its reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerRow {
    /// Whose report.
    pub entity: String,
    /// Of which year.
    pub year: Option<u16>,
    /// The version in which it was last found.
    pub version: i32,
    /// Page, paragraph, cell.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// What the report says.
    pub stated: String,
    /// What it should say.
    pub computed: String,
    /// The rule: code, name, and where it comes from.
    pub basis: String,
    /// What to do.
    pub advice: String,
    /// Who answers for it.
    pub responsible: String,
    /// How it stands.
    pub state: String,
    /// What was done, or why nothing is to be done.
    pub done: String,
    /// When it was found.
    pub found: String,
    /// When it was judged.
    pub judged: String,
}

/// The ledger and what stands above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// When it was made, as printed.
    pub made: String,
    /// By which filters it was chosen, in words; empty for all.
    pub chosen: String,
    /// The lines.
    pub rows: Vec<LedgerRow>,
}

/// The title of the document and the name of the sheet.
pub const TITLE: Fixed = Fixed { zh: "报告校对整改台账", en: "Rectification ledger" };

/// Heads; the widths are those of the sheet, and their proportions those of the document.
const HEADS: &[Head] = &[
    head("序号", "No.", 5.0),
    head("单位", "Body", 18.0),
    head("年度", "Year", 6.0),
    head("版次", "Version", 6.0),
    head("位置", "Place", 12.0),
    head("存在的问题", "Problem", 40.0),
    head("所写", "Stated", 11.0),
    head("应为", "Computed", 11.0),
    head("依据", "Basis", 14.0),
    head("整改建议", "Advice", 28.0),
    head("责任人", "Responsible", 9.0),
    head("整改状态", "State", 9.0),
    head("整改情况或理由", "What was done, or why not", 24.0),
    head("发现日期", "Found", 11.0),
    head("办理日期", "Judged", 11.0),
];

impl LedgerRow {
    /// The cells after the number and without the year, which only the sheet keeps as a number.
    fn cells(&self, number: usize) -> [String; 15] {
        [
            number.to_string(),
            self.entity.clone(),
            self.year.map_or(String::new(), |y| y.to_string()),
            self.version.to_string(),
            self.place.clone(),
            self.problem.clone(),
            self.stated.clone(),
            self.computed.clone(),
            self.basis.clone(),
            self.advice.clone(),
            self.responsible.clone(),
            self.state.clone(),
            self.done.clone(),
            self.found.clone(),
            self.judged.clone(),
        ]
    }
}

/// The ledger as a workbook of one sheet.
///
/// # Errors
/// When the workbook cannot be written: more memory than there is.
pub fn xlsx(ledger: &Ledger, lang: Lang) -> io::Result<Vec<u8>> {
    let row = |(n, r): (usize, &LedgerRow)| -> Row {
        let mut row: Row = r.cells(n + 1).iter().map(|c| words(c)).collect();
        row[0] = Cell::Number((n + 1).into());
        row[2] = year(r.year);
        row[3] = Cell::Number(r.version.into());
        row
    };
    let rows: Vec<Row> = ledger.rows.iter().enumerate().map(row).collect();
    let mut book = Workbook::new();
    sheets(&mut book, Fixed { zh: "整改台账", en: "Ledger" }.get(lang), HEADS, &rows, lang)
        .map_err(io::Error::other)?;
    book.save_to_buffer().map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use keqiao_document::{Block, Limits, read};
    use keqiao_i18n::Lang;

    use super::{Ledger, LedgerRow, docx, xlsx};

    fn ledger() -> Ledger {
        let row = LedgerRow {
            entity: "青岚县科学技术协会".into(),
            year: Some(2023),
            problem: "=HYPERLINK(\"x\") 合计与各项之和相差 1.00 万元\u{1}".into(),
            stated: "100.00".into(),
            computed: "101.00".into(),
            state: "待整改".into(),
            ..LedgerRow::default()
        };
        Ledger { made: "2026年11月21日".into(), chosen: String::new(), rows: vec![row; 40] }
    }

    #[test]
    fn the_sheet_numbers_its_lines_and_holds_no_formula() {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&ledger(), Lang::Zh).unwrap())).unwrap();
        let sheet = book.worksheet_range("整改台账").unwrap();
        assert_eq!(sheet.height(), 41);
        assert_eq!(sheet.get((40, 0)), Some(&Data::Float(40.0)));
        assert_eq!(sheet.get((1, 2)), Some(&Data::Float(2023.0)));
        assert!(matches!(sheet.get((1, 5)), Some(Data::String(w)) if w.starts_with("=HYPERLINK")));
        let formulas = book.worksheet_formula("整改台账").unwrap();
        assert!(formulas.used_cells().next().is_none());
    }

    #[test]
    fn the_document_reads_back_with_its_title_and_every_line() {
        let bytes = docx(&ledger(), Lang::Zh).unwrap();
        let read = read("台账.docx", &bytes, &Limits::default());
        let document = read.document.expect("our own reader reads it");
        assert!(document.text.starts_with("报告校对整改台账"), "{}", &document.text[..100]);
        let tables: Vec<_> = document.blocks.iter().filter(|b| matches!(b, Block::Table(_))).collect();
        let Some(Block::Table(table)) = tables.first() else { panic!("no table") };
        assert_eq!((table.rows, table.columns), (41, 15));
    }
}

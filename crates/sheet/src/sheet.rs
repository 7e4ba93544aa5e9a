//! One table as it came from outside: rows of texts, at the row numbers that the clerk sees. What the rows mean is said elsewhere.

mod delimited;
mod excel;

use keqiao_base::{Kind, Refusal};

/// The longest file that is read.
pub const FILE_BYTES_MAX: usize = 50 * 1024 * 1024;
/// The most rows of one table.
pub const ROWS_MAX: usize = 200_000;
/// The most columns of one table.
pub const COLUMNS_MAX: usize = 200;
/// The longest text of one cell; what is longer is cut there (no column takes as much).
pub const CELL_CHARS_MAX: usize = 4_000;

/// One table: `rows[0]` is row 1 of the spreadsheet; empty rows stand as empty rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the worksheet; empty for text files.
    pub name: String,
    /// How many other worksheets of the file hold something; they are not read.
    pub others: usize,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads a spreadsheet (xlsx, xls, ods, et) or a text table (csv, tsv, txt); what it is stands in its first bytes, not in its name.
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Sheet, Refusal> {
        if bytes.is_empty() {
            return Err(refuse(
                "import.empty",
                "文件是空的（0字节）。请重新导出后再上传。",
                "The file is empty (0 bytes). Export it again.",
            ));
        }
        if bytes.len() > FILE_BYTES_MAX {
            return Err(too_large("文件超过50 MB。请分成几个文件导入。", "The file is larger than 50 MB. Divide it."));
        }
        let sheet = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            excel::read(bytes)?
        } else if bytes.starts_with(b"%PDF") || file_name.to_lowercase().ends_with(".pdf") {
            return Err(wrong_type());
        } else {
            delimited::read(bytes)?
        };
        if sheet.rows.iter().all(Vec::is_empty) {
            return Err(refuse(
                "import.empty",
                "表格里没有内容。请确认数据在第一张有内容的工作表里。",
                "There is nothing in the table.",
            ));
        }
        Ok(sheet)
    }

    /// The table of these rows.
    pub fn of(rows: Vec<Vec<String>>) -> Sheet {
        Sheet { rows, ..Sheet::default() }
    }

    /// The number of rows, empty ones counted.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The cells of a row, from 0; empty beyond the end.
    pub fn row(&self, index: usize) -> &[String] {
        self.rows.get(index).map_or(&[], Vec::as_slice)
    }

    /// The text of a cell; empty where nothing stands.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.row(row).get(column).map_or("", String::as_str)
    }

    /// Puts a text into a cell, within the limits.
    fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if row >= ROWS_MAX {
            return Err(too_large(
                format!("表格超过{ROWS_MAX}行（第{}行还有内容）。请分成几个文件导入；多余的格式行请删除。", row + 1),
                format!("More than {ROWS_MAX} rows (row {} still holds something). Divide the file.", row + 1),
            ));
        }
        if column >= COLUMNS_MAX {
            return Err(too_large(
                format!("表格超过{COLUMNS_MAX}列。请删去不需要的列。"),
                format!("More than {COLUMNS_MAX} columns. Delete those that are not needed."),
            ));
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize_with(column + 1, String::new);
        }
        cells[column] = text.chars().take(CELL_CHARS_MAX).collect();
        Ok(())
    }
}

fn refuse(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(Kind::Invalid, code, zh, en)
}

fn too_large(zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::new(Kind::TooLarge, "import.too_large", zh, en)
}

fn wrong_type() -> Refusal {
    refuse(
        "import.type",
        "这不是表格文件。请上传 Excel（xlsx、xls）、WPS 表格（et）、ods 或 csv 文件。",
        "This is not a table. Send Excel (xlsx, xls), WPS (et), ods or csv.",
    )
}

fn damaged() -> Refusal {
    refuse(
        "import.damaged",
        "文件打不开，可能已损坏或设有密码。请用表格软件打开、另存为 xlsx 后再上传。",
        "The file cannot be opened: damaged, or protected by a password. Open it, save it as xlsx and send that.",
    )
}

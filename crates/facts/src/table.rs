//! Data tables: rows and columns with their names, numbers with their spans; the public tables among them by kind.

use keqiao_quantity::{Printed, Unit};
use keqiao_source::Span;

/// Words of a cell, folded, with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellText {
    /// Folded.
    pub text: String,
    /// In the printed text.
    pub span: Span,
}

/// The public tables of final accounts (FD-1..3). Sets differ by province and year; kinds do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PublicKind {
    /// 收入支出决算总表
    Overall,
    /// 收入决算表
    Income,
    /// 支出决算表
    Expenditure,
    /// 财政拨款收入支出决算总表
    FiscalOverall,
    /// 财政拨款支出决算明细表 (Sichuan)
    FiscalDetail,
    /// 一般公共预算财政拨款支出决算表
    GeneralExpenditure,
    /// 一般公共预算财政拨款支出决算明细表 (Sichuan)
    GeneralDetail,
    /// 一般公共预算财政拨款基本支出决算表
    GeneralBasic,
    /// 一般公共预算财政拨款项目支出决算表 (Sichuan)
    GeneralProject,
    /// 财政拨款“三公”经费支出决算表
    ThreePublic,
    /// 政府性基金预算财政拨款收入支出决算表
    GovernmentFund,
    /// 国有资本经营预算财政拨款收入支出决算表
    StateCapital,
    /// 国有资本经营预算财政拨款支出决算表 (Sichuan)
    StateCapitalExpenditure,
}

/// A column of a data table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataColumn {
    /// Heads from top to bottom, folded, joined with `·`, repeated words once: 本年支出·小计.
    pub name: String,
    /// Where the lowest head stands.
    pub span: Option<Span>,
    /// Unit given in the head or above the table.
    pub unit: Option<Unit>,
}

/// A number in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataCell {
    /// Index of the column.
    pub column: u32,
    /// The number.
    pub value: Printed,
    /// Printed with a percent sign.
    pub percent: bool,
    /// In the printed text.
    pub span: Span,
}

/// A row of a data table.
#[derive(Clone, Debug, PartialEq)]
pub struct DataRow {
    /// 类/款/项 or economic code joined to 3/5/7 digits, when the row has one.
    pub code: Option<(String, Span)>,
    /// The name that the row bears, folded, without its list number (一、).
    pub label: String,
    /// Where the label stands.
    pub label_span: Option<Span>,
    /// Its numbers, left to right; empty cells are absent.
    pub cells: Vec<DataCell>,
    /// The words of the row that are neither label nor number.
    pub notes: Vec<CellText>,
}

/// A table as data. Tables of two halves side by side (收入 | 支出) are split: each half is a table, with the same name
/// and kind and its `half` given.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTable {
    /// Title, folded; empty when unnamed.
    pub name: String,
    /// Kind, when it is a public table.
    pub kind: Option<PublicKind>,
    /// 0 for the left or only half, 1 for the right half.
    pub half: u8,
    /// Columns of numbers and words, in order.
    pub columns: Vec<DataColumn>,
    /// Rows of the body.
    pub rows: Vec<DataRow>,
    /// Unit of the numbers where a column gives none.
    pub unit: Option<Unit>,
    /// First page.
    pub page: Option<u32>,
    /// Ordinal of the document's table it came from.
    pub source: u32,
    /// Everything.
    pub span: Span,
}

impl DataRow {
    /// The number in a column.
    pub fn cell(&self, column: u32) -> Option<&DataCell> {
        self.cells.iter().find(|c| c.column == column)
    }
}

impl DataTable {
    /// First column whose name passes the test.
    pub fn column(&self, test: impl Fn(&str) -> bool) -> Option<u32> {
        self.columns.iter().position(|c| test(&c.name)).and_then(|i| u32::try_from(i).ok())
    }

    /// First row whose label passes the test.
    pub fn row(&self, test: impl Fn(&str) -> bool) -> Option<&DataRow> {
        self.rows.iter().find(|r| test(&r.label))
    }

    /// The row with a code.
    pub fn coded(&self, code: &str) -> Option<&DataRow> {
        self.rows.iter().find(|r| r.code.as_ref().is_some_and(|c| c.0 == code))
    }
}

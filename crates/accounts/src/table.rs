//! A public table as a grid of amounts: rows and columns by key, so that derived tables and tables entered as published are checked alike.

use keqiao_base::{Fen, coded};
use keqiao_i18n::Bilingual;

coded! {
    /// Which public table (FD-1, FD-2); the national nine by `T`, what only Sichuan adds by `S` and its number there.
    pub enum TableKind {
        /// T1 收入支出决算总表
        Overall = "T1" => ("收入支出决算总表", "Income and expenditure, overall"),
        /// T2 收入决算表
        Income = "T2" => ("收入决算表", "Income"),
        /// T3 支出决算表
        Spending = "T3" => ("支出决算表", "Expenditure"),
        /// T4 财政拨款收入支出决算总表
        Fiscal = "T4" => ("财政拨款收入支出决算总表", "Fiscal appropriation, overall"),
        /// T5 一般公共预算财政拨款支出决算表
        General = "T5" => ("一般公共预算财政拨款支出决算表", "General public budget expenditure"),
        /// T6 一般公共预算财政拨款基本支出决算表
        GeneralBasic = "T6" => ("一般公共预算财政拨款基本支出决算表", "General public budget, basic expenditure"),
        /// T7 财政拨款“三公”经费支出决算表
        ThreePublic = "T7" => ("财政拨款“三公”经费支出决算表", "Travel abroad, vehicles, receptions"),
        /// T8 政府性基金预算财政拨款收入支出决算表
        Government = "T8" => ("政府性基金预算财政拨款收入支出决算表", "Government fund budget"),
        /// T9 国有资本经营预算财政拨款收入支出决算表
        StateCapital = "T9" => ("国有资本经营预算财政拨款收入支出决算表", "State capital budget"),
        /// Sichuan 5 财政拨款支出决算明细表
        FiscalDetail = "S5" => ("财政拨款支出决算明细表", "Fiscal expenditure by economic class"),
        /// Sichuan 7 一般公共预算财政拨款支出决算明细表
        GeneralDetail = "S7" => ("一般公共预算财政拨款支出决算明细表", "General public budget expenditure by economic class"),
        /// Sichuan 8 一般公共预算财政拨款基本支出决算明细表
        BasicDetail = "S8" => ("一般公共预算财政拨款基本支出决算表", "General public budget, basic expenditure by class"),
        /// Sichuan 9 一般公共预算财政拨款项目支出决算表
        Projects = "S9" => ("一般公共预算财政拨款项目支出决算表", "General public budget, projects"),
        /// Sichuan 12 国有资本经营预算财政拨款支出决算表
        StateCapitalSpending = "S12" => ("国有资本经营预算财政拨款支出决算表", "State capital budget expenditure"),
    }
}

coded! {
    /// Which set of tables a region publishes (FD-1, FD-2).
    pub enum TableSet {
        /// 全国通用九张表
        National = "national" => ("全国通用九张表", "The national nine"),
        /// 四川十三张表
        Sichuan = "sichuan" => ("四川十三张表", "The thirteen of Sichuan"),
    }
}

impl TableSet {
    /// The tables of the set, in their order.
    pub const fn kinds(self) -> &'static [TableKind] {
        use TableKind::*;
        match self {
            TableSet::National => {
                &[Overall, Income, Spending, Fiscal, General, GeneralBasic, ThreePublic, Government, StateCapital]
            }
            TableSet::Sichuan => &[
                Overall,
                Income,
                Spending,
                Fiscal,
                FiscalDetail,
                General,
                GeneralDetail,
                BasicDetail,
                Projects,
                Government,
                StateCapital,
                StateCapitalSpending,
                ThreePublic,
            ],
        }
    }
}

/// How finely the amounts of tables are stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// To the 分: sums must be exact.
    Fen,
    /// In 万元 with two digits, each rounded alone: sums may differ by what rounding explains (3.1).
    Wan,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How checks know it.
    pub key: String,
    /// How it is printed.
    pub title: Bilingual,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// How checks know it: a code, or a word such as `in.total`.
    pub key: String,
    /// The code that is printed, where it is one.
    pub code: String,
    /// The name that is printed.
    pub title: Bilingual,
    /// How far it is set in: 0 for totals and classes.
    pub depth: u8,
    /// Amounts by column; nothing where none stands. In 分.
    pub cells: Vec<Option<Fen>>,
}

/// One public table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicTable {
    /// Which.
    pub kind: TableKind,
    /// Columns.
    pub heads: Vec<Head>,
    /// Rows, in the order of print.
    pub rows: Vec<TableRow>,
}

impl PublicTable {
    /// An empty table with these columns: key, Chinese, English.
    pub fn new(kind: TableKind, heads: &[(&str, &str, &str)]) -> PublicTable {
        let head =
            |(key, zh, en): &(&str, &str, &str)| Head { key: (*key).to_owned(), title: Bilingual::new(*zh, *en) };
        PublicTable { kind, heads: heads.iter().map(head).collect(), rows: Vec::new() }
    }

    /// The amount at a row and a column, where one is stated.
    pub fn at(&self, row: &str, column: &str) -> Option<Fen> {
        let column = self.heads.iter().position(|h| h.key == column)?;
        self.rows.iter().find(|r| r.key == row)?.cells.get(column).copied().flatten()
    }

    /// Whether a row stands in the table.
    pub fn has(&self, row: &str) -> bool {
        self.rows.iter().any(|r| r.key == row)
    }

    /// Adds a row.
    pub fn push(&mut self, key: &str, title: Bilingual, depth: u8, cells: Vec<Option<Fen>>) {
        let code = if key.bytes().all(|b| b.is_ascii_digit()) { key.to_owned() } else { String::new() };
        self.rows.push(TableRow { key: key.to_owned(), code, title, depth, cells });
    }

    /// Rows whose key is a code.
    pub fn coded(&self) -> impl Iterator<Item = &TableRow> {
        self.rows.iter().filter(|r| crate::code_level(&r.key).is_some())
    }

    /// Whether no amount in it is other than nothing (FD-9: such a table stays, with a sentence under it).
    pub fn empty(&self) -> bool {
        self.rows.iter().all(|r| r.cells.iter().all(|c| c.is_none_or(Fen::is_zero)))
    }
}

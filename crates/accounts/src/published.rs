//! Tables and statements as they were published: entered by hand, to the 分 or in 万元, whole or in part. Derived books make the same value,
//! so one set of checks runs over both.
//!
//! ```
//! use keqiao_accounts::published::Published;
//! use keqiao_accounts::checks::{Check, Verdict, run};
//! let stated = Published::parse("grain 万元\nT1 in.year = 434.16\nT1 in.surplus = 0\nT1 in.opening = 0.55\nT1 in.total = 434.72").unwrap();
//! let result = run(Check::Ck1, &stated);
//! assert_eq!((result.verdict, result.gaps[0].off().wan()), (Verdict::Info, "0.01".to_owned()));
//! ```

use std::collections::BTreeMap;

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use crate::tables::{self, function_name};
use crate::{Books, Grain, Head, PublicTable, SpendingKind, TableKind};

/// What a report states beside its tables: amounts and counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Amounts, such as `procurement.goods`; in 分.
    pub amounts: BTreeMap<String, Fen>,
    /// Counts, such as `vehicles.special`.
    pub counts: BTreeMap<String, i64>,
}

/// Tables with what is stated beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How finely amounts are stated.
    pub grain: Grain,
    /// The tables that are there.
    pub tables: Vec<PublicTable>,
    /// What is stated beside them.
    pub said: Said,
}

impl Published {
    /// What the books of a year say, to the 分.
    pub fn of(books: &Books) -> Published {
        Published { grain: Grain::Fen, tables: tables::derive(books), said: said(books) }
    }

    /// The table of a kind, where it is there.
    pub fn table(&self, kind: TableKind) -> Option<&PublicTable> {
        self.tables.iter().find(|t| t.kind == kind)
    }

    /// The amount of a cell, where it is stated.
    pub fn at(&self, kind: TableKind, row: &str, column: &str) -> Option<Fen> {
        self.table(kind)?.at(row, column)
    }

    /// Reads what was entered, a line a number: `grain 元` or `grain 万元` first, then `T1 in.total = 661.70`, `T3 206 basic = 5.00`,
    /// `say procurement.total = 2.85`, `count vehicles.special = 1`. Lines that begin with `#` are remarks.
    ///
    /// # Errors
    /// Says which line cannot be read.
    pub fn parse(text: &str) -> Result<Published, Bilingual> {
        let mut out = Published { grain: Grain::Fen, tables: Vec::new(), said: Said::default() };
        let mut factor = 1;
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            let wrong = || {
                Bilingual::new(
                    format!("第{}行看不懂：{line}", at + 1),
                    format!("Line {} cannot be read: {line}", at + 1),
                )
            };
            match line.split_once('=') {
                None if line.is_empty() || line.starts_with('#') => {}
                None if line == "grain 元" => {}
                None if line == "grain 万元" => (out.grain, factor) = (Grain::Wan, 10_000),
                None => return Err(wrong()),
                Some((name, value)) => {
                    let words: Vec<&str> = name.split_whitespace().collect();
                    out.enter(&words, value.trim(), factor).ok_or_else(wrong)?;
                }
            }
        }
        Ok(out)
    }

    fn enter(&mut self, words: &[&str], value: &str, factor: u32) -> Option<()> {
        let amount = || Fen::parse_in(value, factor).ok();
        match *words {
            ["say", name] => self.said.amounts.insert(name.to_owned(), amount()?).map_or((), drop),
            ["count", name] => self.said.counts.insert(name.to_owned(), value.parse().ok()?).map_or((), drop),
            [table, row] => self.cell(table.parse().ok()?, row, None, amount()?),
            [table, row, column] => self.cell(table.parse().ok()?, row, Some(column), amount()?),
            _ => return None,
        }
        Some(())
    }

    fn cell(&mut self, kind: TableKind, row: &str, column: Option<&str>, amount: Fen) {
        if self.table(kind).is_none() {
            let columns = tables::one(&Books::default(), kind).heads;
            self.tables.push(PublicTable { kind, heads: columns, rows: Vec::new() });
        }
        let Some(table) = self.tables.iter_mut().find(|t| t.kind == kind) else { return };
        let column = match column {
            None => 0,
            Some(name) => table.heads.iter().position(|h| h.key == name).unwrap_or_else(|| {
                table.heads.push(Head { key: name.to_owned(), title: Bilingual::new(name, name) });
                table.heads.len() - 1
            }),
        };
        if !table.has(row) {
            let title = function_name(&Books { year: 2019, ..Books::default() }, row);
            table.push(row, title, 0, Vec::new());
        }
        let width = table.heads.len();
        if let Some(found) = table.rows.iter_mut().find(|r| r.key == row) {
            found.cells.resize(width, None);
            found.cells[column] = Some(amount);
        }
    }
}

/// What the books say beside the tables.
fn said(books: &Books) -> Said {
    let mut said = Said::default();
    let mut amount = |name: &str, value: Fen| said.amounts.insert(name.to_owned(), value);
    if let Some(closing) = books.last_closing {
        amount("last.closing", closing);
        amount("opening.adjusted", books.adjusted);
    }
    amount("office.cost", books.office_cost);
    let bought = &books.procurement;
    let total = bought.goods + bought.works + bought.services;
    for (name, value) in [
        ("goods", bought.goods),
        ("works", bought.works),
        ("services", bought.services),
        ("total", total),
        ("sme", bought.sme),
        ("micro", bought.micro),
    ] {
        amount(&format!("procurement.{name}"), value);
    }
    let mut projects: BTreeMap<&str, Fen> = BTreeMap::new();
    for spent in books.spent.iter().filter(|s| s.kind == SpendingKind::Project && !s.project.is_empty()) {
        *projects.entry(&spent.project).or_default() += spent.amount;
    }
    for (name, value) in projects {
        amount(&format!("project.{name}"), value);
    }
    let mut count = |name: &str, value: i64| said.counts.insert(name.to_owned(), value);
    let running = books.units.iter().filter(|u| u.runs_an_office()).count();
    count("units", i64::try_from(books.units.len()).unwrap_or(i64::MAX));
    count("units.office", i64::try_from(running).unwrap_or(i64::MAX));
    for (kind, number) in &books.assets.vehicles {
        count(&format!("vehicles.{kind}"), *number);
    }
    if !books.assets.vehicles.is_empty() {
        count("vehicles", books.assets.vehicles.iter().map(|v| v.1).sum());
        count("vehicles.fiscal", books.three_public.vehicles);
    }
    said
}

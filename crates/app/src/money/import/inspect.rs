//! Reads the lines of a file and says what is wrong: row notes, unknown codes, reused vouchers, totals that differ, vouchers that the books
//! hold with another amount.

use std::collections::HashMap;

use keqiao_accounts::codes::{CodeKind, Known, YearCodes};
use keqiao_accounts::{BudgetRow, Fund, LedgerRow, SpendingKind};
use keqiao_base::{Fen, Refusal, UnitId};
use keqiao_i18n::Bilingual;
use keqiao_sheet::check::{NoPlaces, Note, passed_over, row};
use keqiao_sheet::{Record, Sheet};
use keqiao_store::money::{BookImport, BookList, codes};
use keqiao_store::year::project::{self, Project};
use keqiao_store::year::unit::{self, Unit};

use super::booked::Booked;
use super::lines::Line;
use super::report::{Inspected, KEPT, TotalLine};
use super::total::{self, Total};
use super::{FileColumns, keys};
use crate::context::Ctx;
use crate::error::AppResult;

/// What lines are held against.
pub(super) struct Against {
    year: i32,
    pub(super) list: BookList,
    unit: UnitId,
    units: Vec<Unit>,
    projects: Vec<Project>,
    functions: YearCodes,
    economics: YearCodes,
}

/// Reads and inspects the file of an import.
pub(super) async fn inspect(ctx: &Ctx, import: &BookImport) -> AppResult<Inspected> {
    let db = ctx.db.read();
    let known = Against {
        year: import.year,
        list: import.list,
        unit: import.unit_id,
        units: unit::of(db, import.region).await?,
        projects: project::of(db, import.region, import.year).await?,
        functions: codes::of(db, import.region, import.year, CodeKind::Functional).await?,
        economics: codes::of(db, import.region, import.year, CodeKind::Economic).await?,
    };
    let booked = Booked::load(db, import).await?;
    let hash = import.file.parse().map_err(|_| anyhow::anyhow!("the hash of an import cannot be read"))?;
    let bytes = ctx.files.read(&hash).await?;
    let (columns, name) = (serde_json::from_str::<FileColumns>(&import.columns)?, import.file_name.clone());
    let control = import.control;
    let read = move || -> Result<Inspected, Refusal> {
        let sheet = Sheet::read(&name, &bytes)?;
        Ok(Reading::new(&known, &columns).read(&sheet, &booked, control))
    };
    Ok(tokio::task::spawn_blocking(read).await??)
}

/// The book-keeping of one reading.
pub(super) struct Reading<'a> {
    pub(super) known: &'a Against,
    keys: Vec<Option<&'static str>>,
    first_row: usize,
    factors: Vec<u32>,
    amounts: Vec<usize>,
    pub(super) out: Inspected,
    since: Fen,
}

impl<'a> Reading<'a> {
    fn new(known: &'a Against, columns: &FileColumns) -> Self {
        let keys = keys(known.list, columns);
        let factors = columns.columns.iter().map(|c| total::factor(&c.title)).collect();
        let money = |key: &Option<&str>| matches!(key, Some("amount" | "credit" | "adjusted"));
        let amounts = keys.iter().enumerate().filter(|(_, k)| money(k)).map(|(at, _)| at).collect();
        let out = Inspected::default();
        Reading { known, keys, first_row: columns.first_row, factors, amounts, out, since: Fen::ZERO }
    }

    fn read(mut self, sheet: &Sheet, booked: &Booked, control: Option<Fen>) -> Inspected {
        for at in self.first_row..sheet.len() {
            let cells = sheet.row(at);
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            match total::of_row(cells) {
                Some(kind) => self.total(kind, number, cells),
                None if passed_over(sheet, at) || cells.iter().all(String::is_empty) => {}
                None => self.line(sheet, at),
            }
        }
        if let Some(control) = control {
            let (stated, computed) = (control, self.sum());
            self.out.report.totals.push(TotalLine { row: 0, label: "控制总数".to_owned(), stated, computed });
        }
        self.differences();
        self.vouchers(&booked.vouchers);
        self.budgets(booked);
        self.out.report.errors += self.out.report.totals.iter().filter(|t| t.stated != t.computed).count();
        self.out
    }

    fn sum(&self) -> Fen {
        self.out.report.amount
    }

    /// Notes a total row; whether it is right is counted at the end.
    fn total(&mut self, kind: Total, number: u32, cells: &[String]) {
        let computed = if kind == Total::All { self.sum() } else { self.since };
        let mut stated = Fen::ZERO;
        let mut found = false;
        for column in self.amounts.clone() {
            let key = self.keys.get(column).copied().flatten();
            let text = cells.get(column).map_or("", String::as_str);
            let amount = total::amount(text, self.factors.get(column).copied().unwrap_or(1));
            match (key, amount) {
                (_, _) if text.is_empty() => {}
                (Some("amount"), Some(amount)) => (stated, found) = (stated + amount, true),
                (Some("credit"), Some(amount)) => (stated, found) = (stated - amount, true),
                _ => {}
            }
        }
        self.since = Fen::ZERO;
        if found {
            let label = cells.iter().find(|c| !c.is_empty()).cloned().unwrap_or_default();
            self.out.report.totals.push(TotalLine { row: number, label, stated, computed });
        }
    }

    fn differences(&mut self) {
        let wrong: Vec<TotalLine> = self.out.report.totals.iter().filter(|t| t.stated != t.computed).cloned().collect();
        for line in wrong {
            let (stated, computed) = (line.stated.yuan(), line.computed.yuan());
            let off = (line.stated - line.computed).yuan();
            let zh = format!(
                "“{}”为{stated}元，各行之和为{computed}元，相差{off}元：可能漏行、重行或金额被改过。",
                line.label
            );
            let en = format!(
                "{} says {stated}, the lines add up to {computed}: {off} apart. A line is missing, doubled or changed.",
                line.label
            );
            self.keep(Note {
                row: line.row,
                key: "amount".into(),
                title: Bilingual::new("合计", "Total"),
                value: stated,
                message: Bilingual::new(zh, en),
                error: true,
            });
        }
    }

    fn keep(&mut self, note: Note) {
        self.out.report.notes_total += 1;
        if self.out.report.notes.len() < KEPT {
            self.out.report.notes.push(note);
        }
    }

    /// Notes on a row. Errors are counted here, those of totals at the end.
    pub(super) fn note(
        &mut self,
        row: u32,
        key: &str,
        value: &str,
        error: bool,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        let columns = super::declared(self.known.list);
        let title = columns.iter().find(|c| c.key == key).map(|c| c.title.into()).unwrap_or_default();
        self.out.report.errors += usize::from(error);
        let value = value.chars().take(60).collect();
        self.keep(Note { row, key: key.to_owned(), title, value, message: Bilingual::new(zh, en), error });
    }

    fn line(&mut self, sheet: &Sheet, at: usize) {
        match self.known.list {
            BookList::Ledger => {
                let mut read = row::<LedgerRow>(sheet, at, &self.keys, &NoPlaces);
                let amounts = self.amounts(sheet, at, &mut read.notes);
                self.take_notes(&read.notes);
                let cell = |key: &str| read.entry.get(key).to_owned();
                self.understood(read.row, &cell, amounts, read.notes.iter().any(|n| n.error));
            }
            BookList::Budget => {
                let mut read = row::<BudgetRow>(sheet, at, &self.keys, &NoPlaces);
                let amounts = self.amounts(sheet, at, &mut read.notes);
                self.take_notes(&read.notes);
                let cell = |key: &str| read.entry.get(key).to_owned();
                self.understood(read.row, &cell, amounts, read.notes.iter().any(|n| n.error));
            }
        }
    }

    fn take_notes(&mut self, notes: &[Note]) {
        for note in notes {
            self.out.report.errors += usize::from(note.error);
            self.keep(note.clone());
        }
    }

    /// The amounts of a row by key, read with the unit of their heading; notes that reading without it gave are dropped where it is readable.
    fn amounts(&self, sheet: &Sheet, at: usize, notes: &mut Vec<Note>) -> HashMap<&'static str, Fen> {
        let mut out = HashMap::new();
        for column in &self.amounts {
            let Some(key) = self.keys.get(*column).copied().flatten() else { continue };
            let text = sheet.cell(at, *column);
            if let Some(amount) = total::amount(text, self.factors.get(*column).copied().unwrap_or(1)) {
                out.insert(key, amount);
                // An empty debit is right where the credit stands.
                notes.retain(|n| n.key != key || (text.is_empty() && key == "amount"));
            }
        }
        let other = ["credit", "adjusted"].iter().any(|k| out.get(k).is_some_and(|a| !a.is_zero()));
        if other {
            notes.retain(|n| n.key != "amount" || !n.value.is_empty());
        }
        out
    }

    fn understood(&mut self, row: u32, cell: &dyn Fn(&str) -> String, amounts: HashMap<&'static str, Fen>, bad: bool) {
        let get = |key| amounts.get(key).copied().unwrap_or_default();
        let (amount, adjusted) = (get("amount") - get("credit"), get("adjusted"));
        self.out.report.amount += amount;
        self.out.report.adjusted += adjusted;
        self.since += amount;
        let function = self.code(row, CodeKind::Functional, "function", &cell("function"));
        let economic = self.code(row, CodeKind::Economic, "economic", &cell("economic"));
        let unit = self.unit(row, &cell("unit"));
        let project = self.project(row, &cell("project"));
        let fund = cell("fund").parse().unwrap_or(Fund::General);
        let kind = self.kind(row, &cell("kind"), project.is_some());
        let (day, voucher) =
            (cell("day"), cell(if self.known.list == BookList::Ledger { "voucher" } else { "document" }));
        let month = self.month(row, &day);
        if self.known.list == BookList::Budget && !adjusted.is_zero() && voucher.is_empty() {
            self.note(row, "document", "", true, "有调整数就要写明依据文号。", "An adjustment needs its document.");
        }
        if let Some(at) = usize::try_from(month - 1).ok().and_then(|m| self.out.report.months.get_mut(m)) {
            *at += amount;
        }
        let (Some(function), Some(economic), Some(unit), Some(project)) = (function, economic, unit, project.into_ok())
        else {
            return;
        };
        if bad {
            return;
        }
        let (entry, words) = (cell("line"), cell("words"));
        self.out.lines.push(Line {
            row,
            unit,
            project,
            function,
            economic,
            fund,
            kind,
            day,
            month,
            voucher,
            entry,
            amount,
            adjusted,
            words,
        });
    }

    /// The code of a cell, by its digits or by its name; nothing where it is wrong.
    fn code(&mut self, row: u32, kind: CodeKind, key: &str, text: &str) -> Option<String> {
        let list = if kind == CodeKind::Functional { &self.known.functions } else { &self.known.economics };
        if text.is_empty() {
            return (kind == CodeKind::Economic && self.known.list == BookList::Budget).then(String::new);
        }
        let digits = text.split(|c: char| !c.is_ascii_digit()).max_by_key(|run| run.len()).unwrap_or_default();
        let code = if digits.is_empty() {
            let mut named = list.names.iter().filter(|(c, n)| n.as_str() == text && c.len() == kind.booked());
            named.next().filter(|_| named.next().is_none()).map(|(c, _)| c.clone()).unwrap_or_default()
        } else {
            digits.to_owned()
        };
        match list.knows(kind, &code) {
            Known::Listed => Some(code),
            Known::Unseen => {
                if self.out.report.unseen.insert(code.clone()) {
                    let (zh, en) = (
                        "本年度没有导入完整的科目表，这个科目无法核实，请人工核对。",
                        "No full list of the year was imported: this code cannot be confirmed.",
                    );
                    self.note(row, key, text, false, zh, en);
                }
                Some(code)
            }
            Known::Wrong => {
                let length = kind.booked();
                let zh = format!("没有这个科目：{}应为当年科目表中的{length}位编码。", kind.title().zh);
                let en = format!("No such code: {} of {length} digits in the list of the year.", kind.title().en);
                self.note(row, key, text, true, zh, en);
                None
            }
        }
    }

    fn unit(&mut self, row: u32, text: &str) -> Option<UnitId> {
        if text.is_empty() {
            return Some(self.known.unit);
        }
        let found = self.known.units.iter().find(|u| u.name == text).map(|u| u.id);
        if found.is_none() {
            let (zh, en) = (
                "本部门没有这个预算单位。请先建立单位，或改成登记的全称。",
                "The department has no such unit. Make it first, or write its full name.",
            );
            self.note(row, "unit", text, true, zh, en);
        }
        found
    }

    fn project(&mut self, row: u32, text: &str) -> Found {
        if text.is_empty() {
            return Found::None;
        }
        let first = text.split_whitespace().next().unwrap_or_default();
        let mut fit = self.known.projects.iter().filter(|p| p.code == text || p.name == text || p.code == first);
        match (fit.next(), fit.next()) {
            (Some(project), None) => Found::One(project.id),
            _ => {
                let (zh, en) = (
                    "本年度没有这个项目（或有重名）。请先建立项目，或改填项目编码。",
                    "The year has no such project, or several of that name. Make it first, or write its code.",
                );
                self.note(row, "project", text, true, zh, en);
                Found::Wrong
            }
        }
    }

    fn kind(&mut self, row: u32, text: &str, project: bool) -> SpendingKind {
        let kind = text.parse().unwrap_or(if project { SpendingKind::Project } else { SpendingKind::Basic });
        if kind == SpendingKind::Basic && project {
            let (zh, en) =
                ("写明是基本支出，却填了项目，请核对。", "It says basic spending and names a project; compare.");
            self.note(row, "kind", text, true, zh, en);
        }
        kind
    }

    fn month(&mut self, row: u32, day: &str) -> i32 {
        let mut parts = day.split('-').map(|p| p.parse::<i32>().unwrap_or(0));
        let (year, month) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        if !day.is_empty() && year != self.known.year {
            let zh = format!("日期不在{}年度内。", self.known.year);
            let en = format!("The day is not in {}.", self.known.year);
            self.note(row, "day", day, true, zh, en);
        }
        month
    }
}

/// A project that a cell names.
#[derive(Clone, Copy)]
enum Found {
    None,
    One(keqiao_base::ProjectId),
    Wrong,
}

impl Found {
    fn is_some(&self) -> bool {
        matches!(self, Found::One(_))
    }

    /// The project or none; nothing where the cell is wrong.
    fn into_ok(self) -> Option<Option<keqiao_base::ProjectId>> {
        match self {
            Found::None => Some(None),
            Found::One(id) => Some(Some(id)),
            Found::Wrong => None,
        }
    }
}

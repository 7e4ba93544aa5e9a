//! Reads the lines of a file and says what is wrong: row notes, unknown codes, reused vouchers, totals that differ, vouchers that the books
//! hold with another amount.

use std::collections::{BTreeSet, HashMap, HashSet};

use keqiao_access::RegionCode;
use keqiao_accounts::codes::{CodeKind, Known, YearCodes};
use keqiao_accounts::{BudgetRow, Fund, LedgerRow, SpendingKind};
use keqiao_base::{Fen, Kind, Refusal, UnitId};
use keqiao_i18n::Bilingual;
use keqiao_sheet::check::{NoPlaces, Note, passed_over, row};
use keqiao_sheet::{Record, Sheet};
use keqiao_store::ConnectionTrait;
use keqiao_store::money::{BookImport, BookList, LedgerLine, codes, ledger};
use keqiao_store::year::project::{self, Project};
use keqiao_store::year::unit::{self, Unit};
use serde::{Deserialize, Serialize};

use super::lines::Line;
use super::total::{self, Total};
use super::{FileColumns, keys};
use crate::context::Ctx;
use crate::error::AppResult;

/// The most notes and differences that are kept; the number of all is kept as well.
const KEPT: usize = 500;

/// A total row of the file against the lines above it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalLine {
    /// The row; 0: the total that the clerk entered.
    pub row: u32,
    /// What it calls itself.
    pub label: String,
    /// What it says; in 分.
    pub stated: Fen,
    /// What the lines add up to; in 分.
    pub computed: Fen,
}

/// A voucher that the books hold already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherDifference {
    /// The number.
    pub voucher: String,
    /// The month.
    pub month: i32,
    /// What it adds up to in the file; in 分.
    pub file: Fen,
    /// What it adds up to in the books; in 分.
    pub books: Fen,
}

/// What an inspection found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What the lines add up to; in 分.
    pub amount: Fen,
    /// What they are adjusted by, for budgets; in 分.
    pub adjusted: Fen,
    /// How many notes are errors: with any, nothing is booked.
    pub errors: usize,
    /// How many notes there are.
    pub notes_total: usize,
    /// The first of them.
    pub notes: Vec<Note>,
    /// Every total row, and the total that the clerk entered.
    pub totals: Vec<TotalLine>,
    /// Vouchers that the books hold already.
    pub vouchers: Vec<VoucherDifference>,
    /// What the lines of each month add up to; in 分.
    pub months: [Fen; 12],
    /// Codes that no list of the year confirms.
    pub unseen: BTreeSet<String>,
}

/// Lines with what was found.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// The lines that were understood.
    pub lines: Vec<Line>,
    /// What was found.
    pub report: Report,
}

/// What lines are held against.
struct Against {
    year: i32,
    list: BookList,
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
    let booked = match import.list {
        BookList::Ledger => ledger::vouchers(db, import.region, import.year).await?,
        BookList::Budget => HashMap::new(),
    };
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

/// Refuses when the books hold one of the vouchers by now.
///
/// # Errors
/// A refusal that names the first.
pub(super) async fn still_unbooked(
    db: &impl ConnectionTrait,
    region: RegionCode,
    year: i32,
    lines: &[LedgerLine],
) -> AppResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let booked = ledger::vouchers(db, region, year).await?;
    let held = lines.iter().find(|l| booked.contains_key(&(l.unit_id, l.month, l.voucher.clone())));
    let Some(held) = held else { return Ok(()) };
    let (month, voucher) = (held.month, &held.voucher);
    let zh = format!("账上已有{month}月的凭证{voucher}（可能刚由别人导入），这次没有入账。请重新检查。");
    let en = format!("Voucher {voucher} of month {month} is in the books by now; nothing was booked. Inspect again.");
    Err(Refusal::new(Kind::Conflict, "money.voucher_booked", zh, en).into())
}

/// The book-keeping of one reading.
struct Reading<'a> {
    known: &'a Against,
    keys: Vec<Option<&'static str>>,
    first_row: usize,
    factors: Vec<u32>,
    amounts: Vec<usize>,
    out: Inspected,
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

    fn read(mut self, sheet: &Sheet, booked: &HashMap<(UnitId, i32, String), Fen>, control: Option<Fen>) -> Inspected {
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
        self.vouchers(booked);
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
    fn note(&mut self, row: u32, key: &str, value: &str, error: bool, zh: impl Into<String>, en: impl Into<String>) {
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

    /// Vouchers that stand in the books, on two days, or whose entry stands twice.
    fn vouchers(&mut self, booked: &HashMap<(UnitId, i32, String), Fen>) {
        if self.known.list != BookList::Ledger {
            return;
        }
        let lines = std::mem::take(&mut self.out.lines);
        let mut sums: HashMap<(UnitId, i32, &str), (u32, &str, Fen)> = HashMap::new();
        let mut entries: HashSet<(UnitId, i32, &str, &str)> = HashSet::new();
        let mut order = Vec::new();
        for line in &lines {
            let key = (line.unit, line.month, line.voucher.as_str());
            let held = sums.entry(key).or_insert_with(|| {
                order.push(key);
                (line.row, line.day.as_str(), Fen::ZERO)
            });
            held.2 += line.amount;
            let (row, day) = (held.0, held.1);
            if day != line.day {
                let zh = format!("凭证号重用：第{row}行同一凭证的日期是{day}。");
                let en = format!("Voucher reused: row {row} has it on {day}.");
                self.note(line.row, "voucher", &line.voucher, true, zh, en);
            }
            if !line.entry.is_empty() && !entries.insert((line.unit, line.month, &line.voucher, &line.entry)) {
                let (zh, en) = ("同一凭证的同一分录出现两次。", "The same entry of this voucher stands twice.");
                self.note(line.row, "voucher", &line.voucher, true, zh, en);
            }
        }
        for key in order {
            let (unit, month, voucher) = key;
            let (Some(held), Some((row, _, file))) = (booked.get(&(unit, month, voucher.to_owned())), sums.get(&key))
            else {
                continue;
            };
            let (books, file, row) = (*held, *file, *row);
            let zh = format!(
                "账上已有{month}月的这一凭证：账上{}元，文件{}元，相差{}元。",
                books.yuan(),
                file.yuan(),
                (file - books).yuan()
            );
            let en = format!(
                "The books hold this voucher of month {month}: {} there, {} here, {} apart.",
                books.yuan(),
                file.yuan(),
                (file - books).yuan()
            );
            self.note(row, "voucher", voucher, true, zh, en);
            if self.out.report.vouchers.len() < KEPT {
                let voucher = voucher.to_owned();
                self.out.report.vouchers.push(VoucherDifference { voucher, month, file, books });
            }
        }
        self.out.lines = lines;
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

//! The codes of a year: a full list that somebody imported, or only those that were seen and ship with the product. The list of the
//! ministry changes every year, so it is imported and checked, not copied (rule book 7).

use std::collections::{BTreeMap, HashMap};

use keqiao_base::coded;
use keqiao_facts::CodeList;
use keqiao_i18n::Bilingual;
use keqiao_sheet::check::Note;
use keqiao_sheet::{Value, record};

use crate::code_level;

coded! {
    /// Which classification.
    pub enum CodeKind {
        /// 支出功能分类科目: 类 3, 款 5, 项 7 digits.
        Functional = "functional" => ("支出功能分类科目", "Functional codes"),
        /// 部门预算支出经济分类科目: 类 3, 款 5 digits.
        Economic = "economic" => ("部门预算支出经济分类科目", "Economic codes"),
    }
}

impl CodeKind {
    /// The lengths that codes may have.
    pub const fn lengths(self) -> &'static [usize] {
        match self {
            CodeKind::Functional => &[3, 5, 7],
            CodeKind::Economic => &[3, 5],
        }
    }

    /// The length of the codes that lines are booked under.
    pub const fn booked(self) -> usize {
        match self {
            CodeKind::Functional => 7,
            CodeKind::Economic => 5,
        }
    }

    const fn facts(self) -> keqiao_facts::CodeKind {
        match self {
            CodeKind::Functional => keqiao_facts::CodeKind::Functional,
            CodeKind::Economic => keqiao_facts::CodeKind::Economic,
        }
    }
}

record! {
    /// One code of a year's list.
    CodeRow ("科目", "Codes");
    code Value::Text(20), REQUIRED, ("科目编码", "Code"), ["编码", "科目代码", "代码", "功能分类科目编码", "经济分类科目编码", "code"],
        ("功能分类 3、5、7 位，经济分类 3、5 位", "3, 5 or 7 digits; economic codes 3 or 5"), "2060702";
    name Value::Text(80), REQUIRED, ("科目名称", "Name"), ["名称", "功能分类科目名称", "经济分类科目名称", "name"],
        ("当年的正式名称", "The official name of the year"), "科普活动";
}

/// The codes of one classification in one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearCodes {
    /// Name by code.
    pub names: BTreeMap<String, String>,
    /// Whether it is a full list; otherwise only what was seen, and other codes are not judged.
    pub full: bool,
}

/// What is known of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It stands in the list.
    Listed,
    /// There is no full list for the year, and it was never seen.
    Unseen,
    /// It cannot be: the year's full list lacks it, or it has a wrong length.
    Wrong,
}

impl YearCodes {
    /// What ships: the codes that were seen with the names that hold in the year.
    pub fn seen(kind: CodeKind, year: i32) -> YearCodes {
        let list = CodeList::shipped(kind.facts());
        let year = u16::try_from(year).unwrap_or(u16::MAX);
        let held = list.entries().iter().filter(|e| e.holds(year));
        YearCodes { names: held.map(|e| (e.code.clone(), e.name.clone())).collect(), full: false }
    }

    /// What is known of a code that a line is booked under.
    pub fn knows(&self, kind: CodeKind, code: &str) -> Known {
        let fits = code.len() == kind.booked() && code.bytes().all(|b| b.is_ascii_digit());
        match self.names.contains_key(code) {
            _ if !fits => Known::Wrong,
            true => Known::Listed,
            false if self.full => Known::Wrong,
            false => Known::Unseen,
        }
    }
}

/// Checks a year's list row by row: digits, length, no code twice, parent there, name as it was seen. Rows are numbered as the spreadsheet
/// does.
pub fn validate(kind: CodeKind, year: i32, rows: &[(u32, CodeRow)]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut first: HashMap<&str, u32> = HashMap::new();
    for (number, row) in rows {
        first.entry(row.code.as_str()).or_insert(*number);
    }
    let shipped = CodeList::shipped(kind.facts());
    let year = u16::try_from(year).unwrap_or(u16::MAX);
    for (number, row) in rows {
        let code = row.code.as_str();
        let mut note = |key: &str, error: bool, zh: String, en: String| {
            let column = if key == "code" { ("科目编码", "Code") } else { ("科目名称", "Name") };
            let value = if key == "code" { code } else { row.name.as_str() };
            notes.push(Note {
                row: *number,
                key: key.to_owned(),
                title: Bilingual::new(column.0, column.1),
                value: value.to_owned(),
                message: Bilingual::new(zh, en),
                error,
            });
        };
        if code_level(code).is_none() || !kind.lengths().contains(&code.len()) {
            let lengths = kind.lengths().iter().map(ToString::to_string).collect::<Vec<_>>();
            note(
                "code",
                true,
                format!("{}应为{}位数字。", kind.title().zh, lengths.join("、")),
                format!("{} have {} digits.", kind.title().en, lengths.join(", ")),
            );
            continue;
        }
        if first.get(code).is_some_and(|r| r != number) {
            let row = first[code];
            note("code", true, format!("与第{row}行编码重复。"), format!("The same code stands in row {row}."));
        }
        let parent = code.get(..code.len() - 2).unwrap_or_default();
        if code.len() > 3 && !first.contains_key(parent) {
            note(
                "code",
                true,
                format!("表里没有上级科目{parent}。"),
                format!("Its parent {parent} is not in the list."),
            );
        }
        let seen: Vec<_> = shipped.of_code(code).filter(|e| e.holds(year)).collect();
        if seen.iter().any(|e| e.from.is_some() || e.to.is_some()) && seen.iter().all(|e| e.name != row.name) {
            let known = seen.first().map(|e| e.name.clone()).unwrap_or_default();
            note(
                "name",
                false,
                format!("公开的报告里这一年多写作“{known}”，请核对。"),
                format!("Published reports of the year call it “{known}”; compare."),
            );
        }
    }
    notes
}

//! Code lists: functional (类/款/项) and economic codes with the years in which a name holds. The lists that ship hold
//! only codes whose names were seen in published reports; a code that is not listed is not judged.

use std::sync::LazyLock;

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// 支出功能分类, 3/5/7 digits.
    Functional,
    /// 部门预算支出经济分类, 3/5 digits.
    Economic,
}

/// One code with one of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeEntry {
    /// 3, 5 or 7 digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// First year of the name, when known.
    pub from: Option<u16>,
    /// Last year of the name, when known.
    pub to: Option<u16>,
}

impl CodeEntry {
    /// Whether the name may stand in a report of the year. Unknown bounds are open.
    pub fn holds(&self, year: u16) -> bool {
        self.from.is_none_or(|f| f <= year) && self.to.is_none_or(|t| year <= t)
    }
}

/// A list of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeList {
    entries: Vec<CodeEntry>,
}

static FUNCTIONAL: LazyLock<CodeList> = LazyLock::new(|| CodeList::parse(include_str!("../data/functional-codes.csv")));
static ECONOMIC: LazyLock<CodeList> = LazyLock::new(|| CodeList::parse(include_str!("../data/economic-codes.csv")));

impl CodeList {
    /// The list that ships with the product.
    pub fn shipped(kind: CodeKind) -> &'static CodeList {
        match kind {
            CodeKind::Functional => &FUNCTIONAL,
            CodeKind::Economic => &ECONOMIC,
        }
    }

    /// Reads `code,name_zh,valid_from,valid_to` with a header line; lines that do not fit are left out.
    pub fn parse(text: &str) -> CodeList {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let entries = reader
            .records()
            .filter_map(Result::ok)
            .filter_map(|r| {
                Some(CodeEntry {
                    code: r.get(0)?.trim().to_owned(),
                    name: r.get(1)?.trim().to_owned(),
                    from: r.get(2).and_then(|v| v.trim().parse().ok()),
                    to: r.get(3).and_then(|v| v.trim().parse().ok()),
                })
            })
            .collect();
        CodeList { entries }
    }

    /// All entries.
    pub fn entries(&self) -> &[CodeEntry] {
        &self.entries
    }

    /// Every entry of a code.
    pub fn of_code<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a CodeEntry> {
        self.entries.iter().filter(move |e| e.code == code)
    }

    /// Every entry that bears a name.
    pub fn of_name<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a CodeEntry> {
        self.entries.iter().filter(move |e| e.name == name)
    }
}

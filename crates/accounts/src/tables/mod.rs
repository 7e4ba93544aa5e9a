//! The public tables derived from the books of one year: a pure function of them, in 分, so that what must balance does.

mod detail;
mod fiscal;
mod overall;

pub(crate) use detail::{ITEMS, STAFF};

use std::collections::{BTreeMap, BTreeSet};

use keqiao_base::Fen;
use keqiao_facts::CodeKind;
use keqiao_i18n::Bilingual;

use crate::line::name_of;
use crate::{Books, PublicTable, TableKind, TableSet};

/// Every public table, the national nine and what the sets add.
pub fn derive(books: &Books) -> Vec<PublicTable> {
    TableKind::ALL.iter().map(|kind| one(books, *kind)).collect()
}

/// The tables of a set, in their order.
pub fn of_set(books: &Books, set: TableSet) -> Vec<PublicTable> {
    set.kinds().iter().map(|kind| one(books, *kind)).collect()
}

/// One table.
pub fn one(books: &Books, kind: TableKind) -> PublicTable {
    match kind {
        TableKind::Overall => overall::overall(books),
        TableKind::Income => overall::income(books),
        TableKind::Spending => overall::spending(books),
        TableKind::Fiscal => fiscal::fiscal(books),
        TableKind::General => fiscal::general(books),
        TableKind::GeneralBasic => detail::general_basic(books),
        TableKind::ThreePublic => detail::three_public(books),
        TableKind::Government => fiscal::fund(books, kind, crate::Fund::Government),
        TableKind::StateCapital => fiscal::fund(books, kind, crate::Fund::StateCapital),
        TableKind::FiscalDetail => detail::by_economic(books, kind, |s| s.fund.fiscal()),
        TableKind::GeneralDetail => detail::by_economic(books, kind, |s| s.fund == crate::Fund::General),
        TableKind::BasicDetail => {
            detail::by_economic(books, kind, |s| s.fund == crate::Fund::General && s.kind == crate::SpendingKind::Basic)
        }
        TableKind::Projects => detail::projects(books),
        TableKind::StateCapitalSpending => fiscal::state_capital_spending(books),
    }
}

/// Amounts by column for each 项.
pub(crate) type Leaves = BTreeMap<String, Vec<Fen>>;

/// Adds an amount to a column of a row.
pub(crate) fn add(leaves: &mut Leaves, row: &str, columns: usize, column: usize, amount: Fen) {
    let cells = leaves.entry(row.to_owned()).or_insert_with(|| vec![Fen::ZERO; columns]);
    if let Some(cell) = cells.get_mut(column) {
        *cell += amount;
    }
}

/// Puts 合计, 类, 款 and 项 into a table: each the sum of what lies below (CK-6).
pub(crate) fn put_tree(table: &mut PublicTable, books: &Books, leaves: &Leaves) {
    let width = table.heads.len();
    let mut sums: Leaves = BTreeMap::new();
    let mut total = vec![Fen::ZERO; width];
    for (code, cells) in leaves {
        let levels: BTreeSet<&str> =
            [3, 5, 7].into_iter().filter_map(|l| code.get(..l)).chain([code.as_str()]).collect();
        for (column, amount) in cells.iter().enumerate() {
            total[column] += *amount;
            for level in &levels {
                add(&mut sums, level, width, column, *amount);
            }
        }
    }
    table.push("total", Bilingual::new("合计", "Total"), 0, total.into_iter().map(Some).collect());
    for (code, cells) in sums {
        let depth = crate::code_level(&code).map_or(2, |l| l - 1);
        table.push(&code, function_name(books, &code), depth, cells.into_iter().map(Some).collect());
    }
}

/// The name of a functional code in the year of the books.
pub(crate) fn function_name(books: &Books, code: &str) -> Bilingual {
    named(books.functions.get(code).cloned(), CodeKind::Functional, code, books.year)
}

/// The name of an economic code in the year of the books.
pub(crate) fn economic_name(books: &Books, code: &str) -> Bilingual {
    named(books.economics.get(code).cloned(), CodeKind::Economic, code, books.year)
}

fn named(own: Option<String>, kind: CodeKind, code: &str, year: i32) -> Bilingual {
    let name = own.or_else(|| name_of(kind, code, year)).unwrap_or_else(|| code.to_owned());
    Bilingual::new(name.clone(), name)
}

//! T4 财政拨款收入支出决算总表, T5 一般公共预算支出, T8 and T9 by fund, and Sichuan's twelfth (FD-6, FD-7, FD-9).

use std::collections::BTreeMap;

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::{Leaves, add, function_name, put_tree};
use crate::{Books, Fund, PublicTable, SpendingKind, TableKind, function_class};

/// The columns of T4.
const FUNDS: [(&str, &str, &str); 4] = [
    ("total", "合计", "Total"),
    ("general", "一般公共预算财政拨款", "General public budget"),
    ("government", "政府性基金预算财政拨款", "Government fund budget"),
    ("state_capital", "国有资本经营预算财政拨款", "State capital budget"),
];

/// T4: income and spending of the three funds.
pub(super) fn fiscal(books: &Books) -> PublicTable {
    let mut table = PublicTable::new(TableKind::Fiscal, &FUNDS);
    let row = |of: &dyn Fn(Fund) -> Fen| {
        let amounts = Fund::FISCAL.map(of);
        let mut cells = vec![Some(amounts.iter().copied().sum())];
        cells.extend(amounts.map(Some));
        cells
    };
    table.push("in.year", Bilingual::new("本年收入合计", "Income of the year"), 0, row(&|f| books.received(Some(f))));
    let opening = Bilingual::new("年初财政拨款结转和结余", "Carried over from last year");
    table.push("in.opening", opening, 0, row(&|f| books.opening(Some(f))));
    let total = Bilingual::new("总计", "Total");
    table.push("in.total", total.clone(), 0, row(&|f| books.received(Some(f)) + books.opening(Some(f))));
    let mut classes: BTreeMap<&str, BTreeMap<Fund, Fen>> = BTreeMap::new();
    for spent in books.spent.iter().filter(|s| s.fund.fiscal()) {
        *classes.entry(function_class(&spent.function)).or_default().entry(spent.fund).or_default() += spent.amount;
    }
    for (class, amounts) in classes {
        let cells = row(&|f| amounts.get(&f).copied().unwrap_or_default());
        table.push(&format!("out.{class}"), function_name(books, class), 1, cells);
    }
    table.push(
        "out.year",
        Bilingual::new("本年支出合计", "Expenditure of the year"),
        0,
        row(&|f| books.spent(Some(f))),
    );
    let closing = Bilingual::new("年末财政拨款结转和结余", "Carried over to next year");
    table.push("out.closing", closing, 0, row(&|f| books.closing(Some(f))));
    table.push("out.total", total, 0, row(&|f| books.spent(Some(f)) + books.closing(Some(f))));
    table
}

/// T5: spending of the general public budget by 项.
pub(super) fn general(books: &Books) -> PublicTable {
    let heads = [("total", "合计", "Total"), ("basic", "基本支出", "Basic"), ("project", "项目支出", "Projects")];
    let mut table = PublicTable::new(TableKind::General, &heads);
    let mut leaves = Leaves::new();
    for spent in books.spent.iter().filter(|s| s.fund == Fund::General) {
        add(&mut leaves, &spent.function, 3, 0, spent.amount);
        add(&mut leaves, &spent.function, 3, if basic(spent.kind) { 1 } else { 2 }, spent.amount);
    }
    put_tree(&mut table, books, &leaves);
    table
}

/// T8, T9: carried over, received, spent and left of one fund by 项.
pub(super) fn fund(books: &Books, kind: TableKind, fund: Fund) -> PublicTable {
    let heads = [
        ("opening", "年初结转和结余", "Carried over from last year"),
        ("income", "本年收入", "Income"),
        ("spent", "本年支出小计", "Expenditure"),
        ("basic", "基本支出", "Basic"),
        ("project", "项目支出", "Projects"),
        ("closing", "年末结转和结余", "Carried over to next year"),
    ];
    let mut table = PublicTable::new(kind, &heads);
    let mut leaves = Leaves::new();
    for carried in books.opening.iter().filter(|c| c.fund == fund) {
        add(&mut leaves, &carried.function, 6, 0, carried.amount);
        add(&mut leaves, &carried.function, 6, 5, carried.amount);
    }
    for received in books.received.iter().filter(|r| r.fund == fund) {
        add(&mut leaves, &received.function, 6, 1, received.amount);
        add(&mut leaves, &received.function, 6, 5, received.amount);
    }
    for spent in books.spent.iter().filter(|s| s.fund == fund) {
        add(&mut leaves, &spent.function, 6, 2, spent.amount);
        add(&mut leaves, &spent.function, 6, if basic(spent.kind) { 3 } else { 4 }, spent.amount);
        add(&mut leaves, &spent.function, 6, 5, -spent.amount);
    }
    put_tree(&mut table, books, &leaves);
    table
}

/// Sichuan's twelfth: the spending side of T9.
pub(super) fn state_capital_spending(books: &Books) -> PublicTable {
    let heads = [("total", "合计", "Total"), ("basic", "基本支出", "Basic"), ("project", "项目支出", "Projects")];
    let mut table = PublicTable::new(TableKind::StateCapitalSpending, &heads);
    let mut leaves = Leaves::new();
    for spent in books.spent.iter().filter(|s| s.fund == Fund::StateCapital) {
        add(&mut leaves, &spent.function, 3, 0, spent.amount);
        add(&mut leaves, &spent.function, 3, if basic(spent.kind) { 1 } else { 2 }, spent.amount);
    }
    put_tree(&mut table, books, &leaves);
    table
}

fn basic(kind: SpendingKind) -> bool {
    kind == SpendingKind::Basic
}

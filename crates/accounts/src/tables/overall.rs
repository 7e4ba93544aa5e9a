//! T1 收入支出决算总表, T2 收入决算表, T3 支出决算表 (FD-4, FD-5).

use std::collections::BTreeMap;

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::{Leaves, add, function_name, put_tree};
use crate::{Books, Fund, PublicTable, RevenueKind, SpendingKind, TableKind, function_class};

/// T1: income rows first, then spending by class.
pub(super) fn overall(books: &Books) -> PublicTable {
    let mut table = PublicTable::new(TableKind::Overall, &[("amount", "金额", "Amount")]);
    let mut put = |key: &str, zh: &str, en: &str, depth: u8, amount: Fen| {
        table.push(key, Bilingual::new(zh, en), depth, vec![Some(amount)]);
    };
    for fund in Fund::FISCAL {
        let title = fund.title();
        put(&format!("in.{fund}"), &format!("{}收入", title.zh), title.en, 1, books.received(Some(fund)));
    }
    for kind in RevenueKind::ALL.iter().filter(|k| **k != RevenueKind::Fiscal) {
        let amount = books.received.iter().filter(|r| r.kind == *kind).map(|r| r.amount).sum();
        put(&format!("in.{kind}"), kind.title().zh, kind.title().en, 1, amount);
    }
    put("in.year", "本年收入合计", "Income of the year", 0, books.received(None));
    put("in.surplus", "使用非财政拨款结余（含专用结余）", "Non-fiscal surplus used", 0, books.surplus_used);
    put("in.opening", "年初结转和结余", "Carried over from last year", 0, books.opening(None));
    put("in.total", "总计", "Total", 0, books.received(None) + books.surplus_used + books.opening(None));
    let mut classes: BTreeMap<&str, Fen> = BTreeMap::new();
    for spent in &books.spent {
        *classes.entry(function_class(&spent.function)).or_default() += spent.amount;
    }
    for (class, amount) in classes {
        let name = function_name(books, class);
        put(&format!("out.{class}"), &name.zh, &name.en, 1, amount);
    }
    put("out.year", "本年支出合计", "Expenditure of the year", 0, books.spent(None));
    put("out.distributed", "结余分配", "Surplus distributed", 0, books.distributed);
    put("out.closing", "年末结转和结余", "Carried over to next year", 0, books.closing(None));
    put("out.total", "总计", "Total", 0, books.spent(None) + books.distributed + books.closing(None));
    table
}

/// The columns of T2.
const INCOME: [(&str, &str, &str); 7] = [
    ("year", "本年收入合计", "Income of the year"),
    ("fiscal", "财政拨款收入", "Fiscal appropriation"),
    ("superior", "上级补助收入", "Grants from above"),
    ("service", "事业收入", "Service income"),
    ("operating", "经营收入", "Operating income"),
    ("subsidiary", "附属单位上缴收入", "Paid up by subsidiaries"),
    ("other", "其他收入", "Other income"),
];

/// T2: income by 项 and kind.
pub(super) fn income(books: &Books) -> PublicTable {
    let mut table = PublicTable::new(TableKind::Income, &INCOME);
    let mut leaves = Leaves::new();
    for received in &books.received {
        let column = INCOME.iter().position(|c| c.0 == received.kind.code()).unwrap_or(INCOME.len());
        add(&mut leaves, &received.function, INCOME.len(), 0, received.amount);
        add(&mut leaves, &received.function, INCOME.len(), column, received.amount);
    }
    put_tree(&mut table, books, &leaves);
    table
}

/// T3: spending by 项 and kind.
pub(super) fn spending(books: &Books) -> PublicTable {
    let mut heads = vec![("year", "本年支出合计", "Expenditure of the year")];
    heads.extend(SpendingKind::ALL.iter().map(|k| (k.code(), k.title().zh, k.title().en)));
    let mut table = PublicTable::new(TableKind::Spending, &heads);
    let mut leaves = Leaves::new();
    for spent in &books.spent {
        let column = heads.iter().position(|c| c.0 == spent.kind.code()).unwrap_or(heads.len());
        add(&mut leaves, &spent.function, heads.len(), 0, spent.amount);
        add(&mut leaves, &spent.function, heads.len(), column, spent.amount);
    }
    put_tree(&mut table, books, &leaves);
    table
}

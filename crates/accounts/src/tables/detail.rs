//! T6 by economic class, T7 三公, and Sichuan's tables of detail (FD-2, FD-7, FD-8).

use std::collections::{BTreeMap, BTreeSet};

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::{Leaves, add, economic_name, function_name, put_tree};
use crate::{Books, Fund, Head, PublicTable, SpendingKind, Spent, TableKind};

/// Economic classes of 人员经费; the others are 公用经费 (FD-7).
pub(crate) const STAFF: [&str; 2] = ["301", "303"];

/// T6: basic spending of the general public budget by economic 款.
pub(super) fn general_basic(books: &Books) -> PublicTable {
    let mut table = PublicTable::new(TableKind::GeneralBasic, &[("amount", "金额", "Amount")]);
    let mut amounts: BTreeMap<String, Fen> = BTreeMap::new();
    let (mut staff, mut public) = (Fen::ZERO, Fen::ZERO);
    for spent in books.spent.iter().filter(|s| s.fund == Fund::General && s.kind == SpendingKind::Basic) {
        let class = spent.economic.get(..3).unwrap_or_default();
        for code in BTreeSet::from([class, spent.economic.as_str()]) {
            *amounts.entry(code.to_owned()).or_default() += spent.amount;
        }
        *(if STAFF.contains(&class) { &mut staff } else { &mut public }) += spent.amount;
    }
    for (code, amount) in amounts {
        let depth = if code.len() > 3 { 1 } else { 0 };
        table.push(&code, economic_name(books, &code), depth, vec![Some(amount)]);
    }
    table.push("staff", Bilingual::new("人员经费合计", "Staff costs"), 0, vec![Some(staff)]);
    table.push("public", Bilingual::new("公用经费合计", "Public costs"), 0, vec![Some(public)]);
    table
}

/// The rows of T7: key, economic code, Chinese, English.
pub(crate) const ITEMS: [(&str, &str, &str, &str); 4] = [
    ("abroad", "30212", "因公出国（境）费", "Travel abroad"),
    ("purchase", "31013", "公务用车购置费", "Vehicles bought"),
    ("running", "30231", "公务用车运行维护费", "Vehicles run"),
    ("reception", "30217", "公务接待费", "Receptions"),
];

/// T7: budget and execution of 三公, of all fiscal money (SG-1).
pub(super) fn three_public(books: &Books) -> PublicTable {
    let heads = [("budget", "预算数", "Budget"), ("executed", "决算数", "Final")];
    let mut table = PublicTable::new(TableKind::ThreePublic, &heads);
    let plan = &books.three_public;
    let budget = |key: &str| match key {
        "abroad" => plan.budget_abroad,
        "purchase" => plan.budget_purchase,
        "running" => plan.budget_running,
        _ => plan.budget_reception,
    };
    let executed = |code: &str| {
        let fiscal = books.spent.iter().filter(|s| s.fund.fiscal() && s.economic == code);
        fiscal.map(|s| s.amount).sum::<Fen>()
    };
    let amounts = ITEMS.map(|(key, code, ..)| [budget(key), executed(code)]);
    let sum = |of: &[usize]| -> Vec<Option<Fen>> {
        (0..2).map(|c| Some(of.iter().filter_map(|i| amounts.get(*i)).map(|a| a[c]).sum())).collect()
    };
    table.push("total", Bilingual::new("合计", "Total"), 0, sum(&[0, 1, 2, 3]));
    let title = |i: usize| Bilingual::new(ITEMS[i].2, ITEMS[i].3);
    table.push("abroad", title(0), 1, sum(&[0]));
    table.push("vehicles", Bilingual::new("公务用车购置及运行维护费小计", "Vehicles"), 1, sum(&[1, 2]));
    table.push("purchase", title(1), 2, sum(&[1]));
    table.push("running", title(2), 2, sum(&[2]));
    table.push("reception", title(3), 1, sum(&[3]));
    table
}

/// Spending by 项 down and economic class and 款 across.
pub(super) fn by_economic(books: &Books, kind: TableKind, wanted: impl Fn(&Spent) -> bool) -> PublicTable {
    let lines: Vec<&Spent> = books.spent.iter().filter(|s| wanted(s)).collect();
    let mut columns: BTreeSet<String> = BTreeSet::new();
    for spent in &lines {
        columns.extend([spent.economic.get(..3).unwrap_or_default().to_owned(), spent.economic.clone()]);
    }
    let columns: Vec<String> = columns.into_iter().collect();
    let mut table = PublicTable::new(kind, &[("total", "合计", "Total")]);
    table.heads.extend(columns.iter().map(|c| Head { key: c.clone(), title: economic_name(books, c) }));
    let width = table.heads.len();
    let mut leaves = Leaves::new();
    for spent in lines {
        add(&mut leaves, &spent.function, width, 0, spent.amount);
        for code in BTreeSet::from([spent.economic.get(..3).unwrap_or_default(), spent.economic.as_str()]) {
            let column = columns.iter().position(|c| c == code).map_or(width, |at| at + 1);
            add(&mut leaves, &spent.function, width, column, spent.amount);
        }
    }
    put_tree(&mut table, books, &leaves);
    table
}

/// Sichuan's ninth: project spending of the general public budget by 项 and project.
pub(super) fn projects(books: &Books) -> PublicTable {
    let mut table = PublicTable::new(TableKind::Projects, &[("amount", "金额", "Amount")]);
    let mut amounts: BTreeMap<(&str, &str), Fen> = BTreeMap::new();
    for spent in books.spent.iter().filter(|s| s.fund == Fund::General && s.kind != SpendingKind::Basic) {
        *amounts.entry((&spent.function, &spent.project)).or_default() += spent.amount;
    }
    table.push("total", Bilingual::new("合计", "Total"), 0, vec![Some(amounts.values().copied().sum())]);
    for ((function, project), amount) in amounts {
        let name = function_name(books, function);
        let project = if project.is_empty() { "—" } else { project };
        let title = Bilingual::new(format!("{}：{project}", name.zh), format!("{}: {project}", name.en));
        table.push(&format!("{function}/{project}"), title, 1, vec![Some(amount)]);
        if let Some(row) = table.rows.last_mut() {
            function.clone_into(&mut row.code);
        }
    }
    table
}

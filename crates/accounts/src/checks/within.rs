//! Within one table: CK-1 to CK-10.

use keqiao_base::Fen;
use keqiao_i18n::Bilingual;

use super::judge::{Judge, place};
use crate::tables::STAFF;
use crate::{PublicTable, TableKind, TableRow};

use TableKind::{Fiscal, General, GeneralBasic, Government, Income, Overall, Spending, StateCapital, ThreePublic};

/// CK-1. 使用非财政拨款结余 need not be listed where there is none.
pub(super) fn income_total(judge: &mut Judge) {
    let at = |row| judge.at(Overall, row, "amount");
    let (total, year, opening) = (at("in.total"), at("in.year"), at("in.opening"));
    let surplus = Some(at("in.surplus").unwrap_or_default());
    judge.sum(place(Overall, "收入总计", "total of income"), total, &[year, surplus, opening]);
}

/// CK-2. 结余分配 need not be listed where there is none.
pub(super) fn expenditure_total(judge: &mut Judge) {
    let at = |row| judge.at(Overall, row, "amount");
    let (total, year, closing) = (at("out.total"), at("out.year"), at("out.closing"));
    let distributed = Some(at("out.distributed").unwrap_or_default());
    judge.sum(place(Overall, "支出总计", "total of expenditure"), total, &[year, distributed, closing]);
}

/// CK-3.
pub(super) fn both_totals(judge: &mut Judge) {
    let (income, spent) = (judge.at(Overall, "in.total", "amount"), judge.at(Overall, "out.total", "amount"));
    judge.same(place(Overall, "支出总计（与收入总计）", "total of expenditure, against that of income"), spent, income);
}

/// CK-4.
pub(super) fn rows(judge: &mut Judge) {
    let Some(table) = judge.table(Overall) else { return judge.lacks() };
    let first = |r: &TableRow| r.cells.first().copied().flatten();
    let held = |r: &&TableRow, side: &str, not: &[&str]| {
        r.key.strip_prefix(side).is_some_and(|rest| !not.contains(&rest)) && first(r).is_some()
    };
    let income: Vec<_> =
        table.rows.iter().filter(|r| held(r, "in.", &["year", "surplus", "opening", "total"])).map(first).collect();
    let spent: Vec<_> = table
        .rows
        .iter()
        .filter(|r| held(r, "out.", &["year", "distributed", "closing", "total"]))
        .map(first)
        .collect();
    for (parts, total, zh, en) in [
        (income, "in.year", "本年收入合计", "income of the year"),
        (spent, "out.year", "本年支出合计", "expenditure of the year"),
    ] {
        let nothing = parts.is_empty() && table.at(total, "amount") != Some(Fen::ZERO);
        let parts = if nothing { vec![None] } else { parts };
        judge.sum(place(Overall, zh, en), table.at(total, "amount"), &parts);
    }
}

/// CK-5. A column that stands nowhere in the table need not exist, but for basic and project spending; an empty cell of one that does is
/// nothing.
pub(super) fn row_totals(judge: &mut Judge) {
    let mut seen = false;
    for kind in [Income, Spending, General] {
        let Some(table) = judge.table(kind) else { continue };
        seen = true;
        let used = |at: usize| table.rows.iter().any(|r| r.cells.get(at).copied().flatten().is_some());
        let needed = |at: usize| table.heads.get(at).is_some_and(|h| matches!(h.key.as_str(), "basic" | "project"));
        for row in &table.rows {
            let cell = |at: usize| row.cells.get(at).copied().flatten();
            let part = |at: usize| cell(at).or(if used(at) { Some(Fen::ZERO) } else { None });
            let stated = (1..table.heads.len()).any(|at| cell(at).is_some());
            let columns = (1..table.heads.len()).filter(|at| used(*at) || needed(*at));
            let parts: Vec<_> = if stated { columns.map(part).collect() } else { vec![None] };
            judge.sum(of_row(kind, row), cell(0), &parts);
        }
    }
    if !seen {
        judge.lacks();
    }
}

fn of_row(kind: TableKind, row: &TableRow) -> Bilingual {
    place(kind, &format!("“{}{}”行合计", row.code, row.title.zh), &format!("row {} {}", row.code, row.title.en))
}

/// CK-6. A table that lists only classes is judged as far as it goes; a code that stands without its parent is a fault.
pub(super) fn tree(judge: &mut Judge) {
    let mut seen = false;
    for kind in [Income, Spending, General, Government, StateCapital] {
        if let Some(table) = judge.table(kind) {
            seen = true;
            columns(judge, table);
            parents(judge, table);
        }
    }
    if !seen {
        judge.lacks();
    }
}

fn columns(judge: &mut Judge, table: &PublicTable) {
    for (at, head) in table.heads.iter().enumerate() {
        let cell = |row: &TableRow| row.cells.get(at).copied().flatten();
        let below = |prefix: &str, length: usize| -> Vec<Option<Fen>> {
            table
                .coded()
                .filter(|r| r.key.len() == length && r.key.starts_with(prefix))
                .map(cell)
                .filter(Option::is_some)
                .collect()
        };
        let sums = table.rows.iter().filter(|r| r.key == "total" || matches!(r.key.len(), 3 | 5) && !r.code.is_empty());
        for row in sums {
            let Some(total) = cell(row) else { continue };
            let parts = if row.key == "total" { below("", 3) } else { below(&row.key, row.key.len() + 2) };
            if !parts.is_empty() {
                let (zh, en) = (
                    format!("“{}{}”的“{}”列", row.code, row.title.zh, head.title.zh),
                    format!("{} {}, column {}", row.code, row.title.en, head.title.en),
                );
                judge.sum(place(table.kind, &zh, &en), Some(total), &parts);
            }
        }
    }
}

fn parents(judge: &mut Judge, table: &PublicTable) {
    for row in table.coded().filter(|r| r.key.len() > 3) {
        let parent = row.key.get(..row.key.len() - 2).unwrap_or_default();
        let (zh, en) = (
            format!("{}的上级科目{parent}没有单列一行", row.key),
            format!("row {parent}, the parent of {}, is missing", row.key),
        );
        judge.count_at_most(place(table.kind, &zh, &en), Some(i64::from(!table.has(parent))), Some(0));
    }
}

/// CK-7.
pub(super) fn fiscal(judge: &mut Judge) {
    let Some(table) = judge.table(Fiscal) else { return judge.lacks() };
    const FUNDS: [&str; 3] = ["general", "government", "state_capital"];
    for row in &table.rows {
        let parts: Vec<_> = row.cells.iter().skip(1).copied().filter(Option::is_some).collect();
        if !parts.is_empty() {
            judge.sum(of_row(Fiscal, row), row.cells.first().copied().flatten(), &parts);
        }
    }
    let both = place(Fiscal, "支出总计（与收入总计）", "total of expenditure, against that of income");
    judge.same(both, table.at("out.total", "total"), table.at("in.total", "total"));
    for fund in FUNDS.into_iter().chain(["total"]) {
        let at = |row| table.at(row, fund);
        let all = [at("in.opening"), at("in.year"), at("out.year"), at("out.closing")];
        let [Some(opening), Some(year), Some(spent), Some(closing)] = all else {
            if all.iter().any(Option::is_some) {
                judge.lacks();
            }
            continue;
        };
        let title = table.heads.iter().find(|h| h.key == fund).map(|h| h.title.clone()).unwrap_or_default();
        let (zh, en) = (format!("“{}”年末结转", title.zh), format!("carried over of {}", title.en));
        judge.sum(place(Fiscal, &zh, &en), Some(closing), &[Some(opening), Some(year), Some(-spent)]);
    }
}

/// CK-8. What is not 301 or 303 is public cost.
pub(super) fn basic(judge: &mut Judge) {
    let Some(table) = judge.table(GeneralBasic) else { return judge.lacks() };
    let cell = |row: &TableRow| row.cells.first().copied().flatten();
    let classes: Vec<&TableRow> = table.coded().filter(|r| r.key.len() == 3).collect();
    for class in &classes {
        let parts: Vec<_> =
            table.coded().filter(|r| r.key.len() == 5 && r.key.starts_with(&class.key)).map(cell).collect();
        if !parts.is_empty() {
            judge.sum(of_row(GeneralBasic, class), cell(class), &parts);
        }
    }
    let part = |staff: bool| -> Vec<Option<Fen>> {
        classes.iter().filter(|r| STAFF.contains(&r.key.as_str()) == staff).map(|r| cell(r)).collect()
    };
    for (row, staff, zh, en) in
        [("staff", true, "人员经费合计", "staff costs"), ("public", false, "公用经费合计", "public costs")]
    {
        let (stated, parts) = (table.at(row, "amount"), part(staff));
        if parts.is_empty() && stated.is_some_and(|s| !s.is_zero()) {
            judge.lacks();
        } else {
            judge.sum(place(GeneralBasic, zh, en), stated, &parts);
        }
    }
}

/// CK-9, for budget and execution.
pub(super) fn three_public(judge: &mut Judge) {
    if judge.table(ThreePublic).is_none() {
        return judge.lacks();
    }
    for (column, zh, en) in [("budget", "预算数", "budget"), ("executed", "决算数", "final")] {
        let at = |row| judge.at(ThreePublic, row, column);
        let all = ["total", "abroad", "vehicles", "reception", "purchase", "running"].map(at);
        if all.iter().all(Option::is_none) {
            continue;
        }
        let [total, abroad, vehicles, reception, purchase, running] = all;
        judge.sum(
            place(ThreePublic, &format!("{zh}合计"), &format!("{en}, total")),
            total,
            &[abroad, vehicles, reception],
        );
        let place = place(ThreePublic, &format!("{zh}公务用车小计"), &format!("{en}, vehicles"));
        judge.sum(place, vehicles, &[purchase, running]);
    }
}

/// CK-10.
pub(super) fn funds(judge: &mut Judge) {
    let mut seen = false;
    for kind in [Government, StateCapital] {
        let Some(table) = judge.table(kind) else { continue };
        seen = true;
        for row in &table.rows {
            let at = |column| table.at(&row.key, column);
            let spent = at("spent");
            let parts = [at("opening"), at("income"), spent.map(|s| -s)];
            judge.sum(of_row(kind, row), at("closing"), &parts);
            if at("basic").is_some() || at("project").is_some() {
                judge.sum(of_row(kind, row), spent, &[at("basic"), at("project")]);
            }
        }
    }
    if !seen {
        judge.lacks();
    }
}

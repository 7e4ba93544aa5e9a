//! Between tables: CK-11 to CK-16, CK-18, CK-20.

use keqiao_i18n::Bilingual;

use super::judge::{Judge, place};
use crate::tables::ITEMS;
use crate::{RevenueKind, TableKind};

use TableKind::{
    BasicDetail, Fiscal, FiscalDetail, General, GeneralBasic, GeneralDetail, Government, Income, Overall, Projects,
    Spending, StateCapital, StateCapitalSpending, ThreePublic,
};

fn against(kind: TableKind, other: TableKind, zh: &str, en: &str) -> Bilingual {
    place(kind, &format!("{zh}（与{}）", other.title().zh), &format!("{en}, against {other}"))
}

/// CK-11.
pub(super) fn income(judge: &mut Judge) {
    let one = |row: &str| judge.at(Overall, row, "amount");
    let (year, fiscal) = (one("in.year"), ["in.general", "in.government", "in.state_capital"].map(one));
    let kinds = || RevenueKind::ALL.iter().filter(|k| **k != RevenueKind::Fiscal);
    let others: Vec<_> = kinds().map(|k| (k.title(), one(&format!("in.{k}")))).collect();
    let two = |column: &str| judge.at(Income, "total", column);
    let columns: Vec<_> = kinds().map(|k| two(k.code())).collect();
    let (total, appropriated) = (two("year"), two("fiscal"));
    judge.same(against(Overall, Income, "本年收入合计", "income of the year"), year, total);
    let parts: Vec<_> = fiscal.into_iter().filter(Option::is_some).collect();
    let parts = if parts.is_empty() { vec![None] } else { parts };
    judge.sum(against(Income, Overall, "财政拨款收入", "fiscal appropriation"), appropriated, &parts);
    for ((title, stated), column) in others.into_iter().zip(columns) {
        if stated.is_some() || column.is_some_and(|c| !c.is_zero()) {
            judge.same(against(Overall, Income, title.zh, title.en), stated, column);
        }
    }
}

/// CK-12.
pub(super) fn spending(judge: &mut Judge) {
    let (year, total) = (judge.at(Overall, "out.year", "amount"), judge.at(Spending, "total", "year"));
    judge.same(against(Overall, Spending, "本年支出合计", "expenditure of the year"), year, total);
    classes(judge, (Overall, "amount"), (Spending, "year"));
}

/// Each class row of the first table against that of the other.
fn classes(judge: &mut Judge, (kind, column): (TableKind, &str), (other, their): (TableKind, &str)) {
    let Some(table) = judge.table(kind) else { return };
    for row in table.rows.iter().filter(|r| r.key.starts_with("out.")) {
        let Some(class) = row.key.strip_prefix("out.").filter(|c| crate::code_level(c) == Some(1)) else { continue };
        let theirs = judge.at(other, class, their);
        let mine = table.at(&row.key, column);
        // A class that one fund has nothing of need not stand in the table of that fund.
        let theirs = theirs.or_else(|| mine.filter(|m| m.is_zero() && judge.table(other).is_some()));
        judge.same(against(kind, other, &row.title.zh, &row.title.en), mine, theirs);
    }
}

/// CK-13.
pub(super) fn fiscal_income(judge: &mut Judge) {
    let (two, four) = (judge.at(Income, "total", "fiscal"), judge.at(Fiscal, "in.year", "total"));
    judge.same(against(Income, Fiscal, "财政拨款收入", "fiscal appropriation"), two, four);
    for fund in crate::Fund::FISCAL {
        let one = judge.at(Overall, &format!("in.{fund}"), "amount");
        let four = judge.at(Fiscal, "in.year", fund.code());
        if one.is_some() || four.is_some_and(|f| !f.is_zero()) {
            judge.same(against(Overall, Fiscal, fund.title().zh, fund.title().en), one, four);
        }
    }
}

/// CK-14.
pub(super) fn general(judge: &mut Judge) {
    let (four, five) = (judge.at(Fiscal, "out.year", "general"), judge.at(General, "total", "total"));
    judge.same(against(Fiscal, General, "一般公共预算本年支出", "general public budget"), four, five);
    classes(judge, (Fiscal, "general"), (General, "total"));
}

/// CK-15.
pub(super) fn basic(judge: &mut Judge) {
    let five = judge.at(General, "total", "basic");
    let six = ["staff", "public"].map(|row| judge.at(GeneralBasic, row, "amount"));
    judge.sum(against(General, GeneralBasic, "基本支出合计", "basic expenditure"), five, &six);
}

/// CK-16.
pub(super) fn funds(judge: &mut Judge) {
    for (kind, fund) in [(Government, "government"), (StateCapital, "state_capital")] {
        let pairs =
            [("in.opening", "opening"), ("in.year", "income"), ("out.year", "spent"), ("out.closing", "closing")];
        for (row, column) in pairs {
            let (four, own) = (judge.at(Fiscal, row, fund), judge.at(kind, "total", column));
            if four.is_some_and(|f| !f.is_zero()) || own.is_some() {
                let title = judge.table(kind).and_then(|t| t.heads.iter().find(|h| h.key == column));
                let title = title.map(|h| h.title.clone()).unwrap_or_default();
                judge.same(against(Fiscal, kind, &title.zh, &title.en), four, own);
            }
        }
    }
}

/// CK-18: one way only.
pub(super) fn bounds(judge: &mut Judge) {
    if judge.table(GeneralBasic).is_none() || judge.table(ThreePublic).is_none() {
        return judge.lacks();
    }
    for (row, code, zh, en) in ITEMS {
        if let Some(six) = judge.at(GeneralBasic, code, "amount") {
            let seven = judge.at(ThreePublic, row, "executed");
            judge.at_most(
                against(GeneralBasic, ThreePublic, &format!("{code}{zh}"), &format!("{code} {en}")),
                Some(six),
                seven,
            );
        }
    }
}

/// CK-20.
pub(super) fn sichuan(judge: &mut Judge) {
    let all = [FiscalDetail, GeneralDetail, BasicDetail, Projects, StateCapitalSpending];
    if all.iter().all(|k| judge.table(*k).is_none()) {
        return;
    }
    let pairs = [
        (Projects, "amount", General, "project", "项目支出合计", "projects"),
        (BasicDetail, "total", General, "basic", "基本支出合计", "basic"),
        (GeneralDetail, "total", General, "total", "合计", "total"),
        (StateCapitalSpending, "total", StateCapital, "spent", "合计", "total"),
    ];
    for (kind, column, other, theirs, zh, en) in pairs {
        let (own, their) = (judge.at(kind, "total", column), judge.at(other, "total", theirs));
        judge.same(against(kind, other, zh, en), own, their);
    }
    let (five, four) = (judge.at(FiscalDetail, "total", "total"), judge.at(Fiscal, "out.year", "total"));
    judge.same(against(FiscalDetail, Fiscal, "合计", "total"), five, four);
}

//! T0408: one amount printed differently in two public tables.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataRow, DataTable, PublicKind as K, Report};
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{Amount, pair, single, title, total_column, total_row};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0408",
    name: "tables-with-different-amounts",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "两张公开表的同一金额不同", en: "One amount printed differently in two public tables" },
    why: Fixed {
        zh: "公开各表出自同一套账：总表的本年收入、支出及各类支出应与收入表、支出表一致，财政拨款各表之间也应一致；不一致的必有一张填错。",
        en: "The public tables come from one ledger: what one table says of an income or a class the others must say too.",
    },
    source: "CK-11..14, CK-16, CK-20",
    check,
};

/// An amount with its place: table, row, cell.
type At<'a> = (&'a DataTable, &'a str, &'a DataCell);

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let mut pairs: Vec<(At<'_>, At<'_>)> = Vec::new();
    overall(report, &mut pairs);
    fiscal(report, &mut pairs);
    details(report, &mut pairs);
    for (a, b) in pairs {
        out.judge();
        let (Some(x), Some(y)) = (Amount::of(a.0, a.2), Amount::of(b.0, b.2)) else {
            out.lack();
            continue;
        };
        if x.near(&y) {
            continue;
        }
        out.report(
            a.2.span,
            Bilingual::new(
                format!("“{}”在{}中为 {}，在{}中为 {}", a.1, title(a.0), x.show(), title(b.0), y.show()),
                format!("{} is {} in {}, {} in {}", a.1, x.show(), title(a.0), y.show(), title(b.0)),
            ),
            Bilingual::new("核对两张表，改正填错的一处。", "Compare the two tables and correct the one that is wrong."),
        )
        .against(b.2.span)
        .numbers(x.show(), y.show());
    }
}

fn labelled<'a>(table: &'a DataTable, label: &str) -> Option<At<'a>> {
    let row = table.row(|l| l == label)?;
    Some((table, row.label.as_str(), row.cell(0)?))
}

fn total<'a>(table: &'a DataTable, column: Option<u32>) -> Option<At<'a>> {
    let row = total_row(table)?;
    let column = column?;
    Some((table, table.columns.get(column as usize)?.name.as_str(), row.cell(column)?))
}

fn push<'a>(pairs: &mut Vec<(At<'a>, At<'a>)>, a: Option<At<'a>>, b: Option<At<'a>>) {
    if let (Some(a), Some(b)) = (a, b) {
        pairs.push((a, b));
    }
}

/// The overall table against the tables of income and expenditure.
fn overall<'a>(report: &'a Report, pairs: &mut Vec<(At<'a>, At<'a>)>) {
    let Some((left, right)) = pair(report, K::Overall).filter(|(l, r)| l.columns.len() == 1 && r.columns.len() == 1) else { return };
    if let Some(income) = single(report, K::Income) {
        push(pairs, labelled(left, "本年收入合计"), total(income, total_column(income)));
        for item in ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"] {
            push(pairs, labelled(left, item), total(income, income.column(|c| c == item)));
        }
    }
    if let Some(spent) = single(report, K::Expenditure) {
        push(pairs, labelled(right, "本年支出合计"), total(spent, total_column(spent)));
        for row in &right.rows {
            push(pairs, row.cell(0).map(|c| (right, row.label.as_str(), c)), class(spent, &row.label, total_column(spent)));
        }
    }
}

/// A class (类) of a table of codes by its name.
fn class<'a>(table: &'a DataTable, name: &str, column: Option<u32>) -> Option<At<'a>> {
    let of = |r: &&DataRow| r.code.as_ref().is_some_and(|c| c.0.len() == 3) && r.label == name;
    let row = table.rows.iter().find(of)?;
    Some((table, row.label.as_str(), row.cell(column?)?))
}

/// The fiscal overall table against income, general budget, fund and capital tables.
fn fiscal<'a>(report: &'a Report, pairs: &mut Vec<(At<'a>, At<'a>)>) {
    let Some((left, right)) = pair(report, K::FiscalOverall).filter(|(l, _)| l.columns.len() == 1) else { return };
    if let Some(income) = single(report, K::Income) {
        push(pairs, labelled(left, "本年收入合计"), total(income, income.column(|c| c == "财政拨款收入")));
    }
    if let Some((overall, _)) = pair(report, K::Overall).filter(|(l, _)| l.columns.len() == 1) {
        for fund in ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"] {
            push(pairs, labelled(left, fund), labelled(overall, &format!("{fund}收入")));
        }
    }
    let year = right.row(|l| l == "本年支出合计");
    let of = |fund: &str, row: Option<&'a DataRow>| {
        let row = row?;
        Some((right, row.label.as_str(), row.cell(right.column(|c| c.starts_with(fund))?)?))
    };
    if let Some(general) = single(report, K::GeneralExpenditure).filter(|t| !t.columns.iter().any(|c| c.name.contains("结转"))) {
        push(pairs, of("一般公共预算", year), total(general, total_column(general)));
        for row in &right.rows {
            push(pairs, of("一般公共预算", Some(row)), class(general, &row.label, total_column(general)));
        }
    }
    for (kind, fund, income) in [(K::GovernmentFund, "政府性基金", "政府性基金预算财政拨款"), (K::StateCapital, "国有资本经营", "国有资本经营预算财政拨款")] {
        let Some(table) = single(report, kind) else { continue };
        let spent = ["本年支出", "本年支出·小计", "本年支出·合计"].iter().find_map(|n| table.column(|c| c == *n));
        push(pairs, of(fund, year), total(table, spent));
        push(pairs, labelled(left, income), total(table, table.column(|c| c == "本年收入")));
    }
}

/// Sichuan's detail tables against the tables they detail.
fn details<'a>(report: &'a Report, pairs: &mut Vec<(At<'a>, At<'a>)>) {
    let whole = |kind| single(report, kind).and_then(|t| total(t, t.column(|c| c == "合计" || c == "总计")));
    let general = single(report, K::GeneralExpenditure).filter(|t| !t.columns.iter().any(|c| c.name.contains("结转")));
    let of = |name: &str| general.and_then(|t| total(t, t.column(|c| c == name)));
    push(pairs, whole(K::GeneralDetail), general.and_then(|t| total(t, total_column(t))));
    push(pairs, whole(K::GeneralProject), of("项目支出"));
    if let Some((_, right)) = pair(report, K::FiscalOverall) {
        let column = right.column(|c| c == "合计" || c == "小计");
        let year = right.row(|l| l == "本年支出合计").and_then(|r| Some((right, "本年支出合计", r.cell(column?)?)));
        push(pairs, whole(K::FiscalDetail), year);
    }
}

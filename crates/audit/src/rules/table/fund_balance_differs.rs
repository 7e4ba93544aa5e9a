//! T0405: opening balance, income, expenditure and closing balance that do not balance.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataTable, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Interval};

use super::footing::{pair, row_name, title, unit_name};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0405",
    name: "balance-of-fund-differs",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "年初结转＋本年收入－本年支出≠年末结转", en: "Opening balance, income, expenditure and closing balance that do not balance" },
    why: Fixed {
        zh: "每一种资金，年初结转和结余加本年收入，减本年支出，等于年末结转和结余。",
        en: "For each fund, what was there and what came in, less what was spent, is what is left.",
    },
    source: "CK-7, CK-10",
    check,
};

/// The four amounts of a fund; an absent one is zero.
struct Balance<'a> {
    table: &'a DataTable,
    what: String,
    opening: Option<&'a DataCell>,
    income: Option<&'a DataCell>,
    spent: Option<&'a DataCell>,
    closing: Option<&'a DataCell>,
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in &cx.report.tables {
        if !matches!(table.kind, Some(PublicKind::GovernmentFund | PublicKind::StateCapital)) || table.half > 0 {
            continue;
        }
        let find = |names: &[&str]| names.iter().find_map(|n| table.column(|c| c == *n));
        let columns = (
            find(&["年初结转和结余", "年初结转和结余·小计", "年初结转和结余·合计", "年初结转结余", "上年结转"]),
            find(&["本年收入", "本年收入·小计", "本年收入·合计"]),
            find(&["本年支出", "本年支出·小计", "本年支出·合计"]),
            find(&["年末结转和结余", "年末结转和结余·小计", "年末结转和结余·合计", "年末结转结余"]),
        );
        let (Some(opening), Some(income), Some(spent), Some(closing)) = columns else { continue };
        for row in &table.rows {
            let (opening, income) = (row.cell(opening), row.cell(income));
            judge(&Balance { table, what: row_name(row), opening, income, spent: row.cell(spent), closing: row.cell(closing) }, out);
        }
    }
    if let Some((left, right)) = pair(cx.report, PublicKind::FiscalOverall) {
        for fund in ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"] {
            if let Some(balance) = fiscal(left, right, fund) {
                judge(&balance, out);
            }
        }
    }
}

/// The balance of one fund in the fiscal overall table: printed twice on the left, as income and as carry-over.
fn fiscal<'a>(left: &'a DataTable, right: &'a DataTable, fund: &str) -> Option<Balance<'a>> {
    let carried = left.rows.iter().position(|r| r.label == "年初财政拨款结转和结余")?;
    let year = left.rows.iter().position(|r| r.label == "本年收入合计").filter(|y| *y < carried)?;
    let opening_row = left.rows[carried + 1..].iter().find(|r| r.label == fund)?;
    let income_row = left.rows[..year].iter().find(|r| r.label.starts_with(fund))?;
    let column = right.column(|c| c == fund)?;
    Some(Balance {
        table: left,
        what: fund.to_owned(),
        opening: opening_row.cell(0),
        income: income_row.cell(0),
        spent: right.row(|l| l == "本年支出合计")?.cell(column),
        closing: right.row(|l| l == "年末财政拨款结转和结余")?.cell(column),
    })
}

fn judge(b: &Balance<'_>, out: &mut Sink) {
    let cells = [b.opening, b.income, b.spent, b.closing];
    if cells.iter().flatten().count() < 2 {
        return;
    }
    out.judge();
    let interval = |c: Option<&DataCell>| c.map_or(Interval::exact(Decimal::ZERO), |c| c.value.interval());
    let value = |c: Option<&DataCell>| c.map_or(Decimal::ZERO, |c| c.value.value());
    if (interval(b.opening) + interval(b.income)).meets(interval(b.spent) + interval(b.closing)) {
        return;
    }
    let made = value(b.opening) + value(b.income) - value(b.spent);
    let Some(primary) = b.closing.or(b.spent).or(b.income) else { return };
    let unit = unit_name(b.table, primary.column);
    let closing = value(b.closing);
    out.report(
        primary.span,
        Bilingual::new(
            format!(
                "{}“{}”年末结转和结余应为 {made}{unit}（年初 {} ＋收入 {} －支出 {}），表中为 {closing}{unit}",
                title(b.table), b.what, value(b.opening), value(b.income), value(b.spent)
            ),
            format!(
                "{}, {}: {} + {} − {} leaves {made}{unit}, the table says {closing}{unit}",
                title(b.table), b.what, value(b.opening), value(b.income), value(b.spent)
            ),
        ),
        Bilingual::new("核对年初、收入、支出、年末四个数。", "Check the four amounts."),
    )
    .against_all(cells.into_iter().flatten().map(|c| c.span).filter(|s| *s != primary.span))
    .numbers(format!("{closing}{unit}"), format!("{made}{unit}"));
}

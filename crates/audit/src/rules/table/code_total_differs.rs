//! T0402: a class, a group or the total that its codes do not make.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataRow, DataTable, PublicKind};
use keqiao_i18n::Fixed;
use keqiao_quantity::{Printed, SumGap, sum_gap};

use super::footing::{Footing, judge_all, row_name, total_row};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0402",
    name: "code-total-differs-from-children",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "类、款或合计与下级科目之和不符", en: "A class, group or total that its codes do not make" },
    why: Fixed {
        zh: "每一栏中，类等于所属各款之和，款等于所属各项之和，合计等于各类之和；差额超出四舍五入的就是错。",
        en: "In every column a class is the sum of its groups, a group of its items, the total of the classes.",
    },
    source: "CK-6, CK-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let mut from = 0;
    while let Some(first) = cx.report.tables.get(from) {
        let halves: Vec<&DataTable> = cx.report.tables[from..].iter().take_while(|t| t.source == first.source).collect();
        from += halves.len();
        if first.kind.is_none_or(|k| k == PublicKind::ThreePublic) {
            continue;
        }
        // All columns and halves together show whether the rows are what they seem.
        let footings: Vec<Footing<'_>> = halves.iter().flat_map(|t| footings(t, &halves)).collect();
        judge_all(&footings, false, out);
    }
}

fn footings<'a>(table: &'a DataTable, halves: &[&'a DataTable]) -> Vec<Footing<'a>> {
    let alone = halves.len() == 1;
    // 302 may begin in the second part of the table and end in the third: parts with the same columns are one list.
    let alike = |other: &&&DataTable| other.columns.len() == table.columns.len() && other.columns.iter().zip(&table.columns).all(|(a, b)| last(&a.name) == last(&b.name));
    let coded: Vec<&DataRow> = halves.iter().filter(alike).flat_map(|t| &t.rows).filter(|r| r.code.is_some()).collect();
    let mut all = Vec::new();
    for column in 0..u32::try_from(table.columns.len()).unwrap_or(0) {
        let own = table.rows.iter().filter(|r| r.code.is_some());
        let mut here: Vec<Footing<'_>> = own.filter_map(|row| parent(table, row, &coded, column)).collect();
        here.extend(if alone { total(table, &coded, column) } else { None });
        all.extend(here.iter().filter(|f| !inherited(f, &here)).cloned());
    }
    all
}

/// The lowest head of a column: 公用经费·决算数 → 决算数.
fn last(name: &str) -> &str {
    name.rsplit('·').next().unwrap_or(name)
}

/// Whether a total fails only because one of its parts is itself wrong: one slip, one finding.
fn inherited(total: &Footing<'_>, all: &[Footing<'_>]) -> bool {
    if total.holds() {
        return false;
    }
    let own = |part: &DataCell| all.iter().find(|f| f.stated.span == part.span && !f.holds());
    let corrected = total.parts.iter().map(|p| own(p).map_or(p.value, |f| Printed::from_decimal(f.gap().0)));
    let changed = total.parts.iter().any(|p| own(p).is_some());
    changed && !matches!(sum_gap(total.stated.value, corrected).1, SumGap::Beyond(_))
}

fn parent<'a>(table: &'a DataTable, row: &'a DataRow, coded: &[&'a DataRow], column: u32) -> Option<Footing<'a>> {
    let code = &row.code.as_ref()?.0;
    let depth = code.len();
    if depth >= 7 || coded.iter().filter(|r| r.code.as_ref().is_some_and(|c| &c.0 == code)).count() > 1 {
        return None;
    }
    let children: Vec<_> = coded.iter().filter(|r| r.code.as_ref().is_some_and(|c| c.0.len() == depth + 2 && c.0.starts_with(code.as_str()))).collect();
    let parts: Vec<_> = children.iter().filter_map(|r| r.cell(column)).collect();
    // An item without its group above makes the sum of the groups incomplete.
    let orphan = coded.iter().any(|r| {
        r.code.as_ref().is_some_and(|c| {
            c.0.len() == depth + 4 && c.0.starts_with(code.as_str()) && !children.iter().any(|p| p.code.as_ref().is_some_and(|p| c.0.starts_with(&p.0)))
        })
    });
    if parts.is_empty() || orphan {
        return None;
    }
    let what = format!("{}·{}", row_name(row), table.columns.get(column as usize)?.name);
    Some(Footing { table, what, stated: row.cell(column)?, parts })
}

fn total<'a>(table: &'a DataTable, coded: &[&'a DataRow], column: u32) -> Option<Footing<'a>> {
    let row = total_row(table)?;
    let stated = row.cell(column)?;
    let classes: Vec<&str> = coded.iter().filter_map(|r| r.code.as_ref()).map(|c| c.0.as_str()).filter(|c| c.len() == 3).collect();
    let orphan = coded.iter().any(|r| r.code.as_ref().is_some_and(|c| !classes.iter().any(|k| c.0.starts_with(k))));
    let parts: Vec<_> = coded.iter().filter(|r| r.code.as_ref().is_some_and(|c| c.0.len() == 3)).filter_map(|r| r.cell(column)).collect();
    let twice = classes.iter().any(|c| classes.iter().filter(|d| d == &c).count() > 1);
    if parts.is_empty() || orphan || twice {
        return None;
    }
    let what = format!("{}·{}", row.label, table.columns.get(column as usize)?.name);
    Some(Footing { table, what, stated, parts })
}

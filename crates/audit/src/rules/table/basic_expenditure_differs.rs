//! T0409: basic expenditure that staff and office costs of the next table do not make.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataTable, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Printed;

use super::footing::{Amount, halves, single, title, total_row};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0409",
    name: "basic-expenditure-differs-between-tables",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "基本支出与人员、公用经费合计之和不符", en: "Basic expenditure that staff and office costs do not make" },
    why: Fixed {
        zh: "一般公共预算财政拨款支出决算表的基本支出合计，等于基本支出决算表的人员经费合计加公用经费合计。",
        en: "The basic expenditure of the general public budget is staff costs plus office costs of the basic expenditure table.",
    },
    source: "CK-15",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let Some(general) = single(cx.report, PublicKind::GeneralExpenditure) else { return };
    let tables = halves(cx.report, PublicKind::GeneralBasic);
    let basic = general.column(|c| c == "基本支出").and_then(|c| total_row(general)?.cell(c));
    let (Some(stated), Some(staff), Some(office)) = (basic, cost(&tables, "人员经费合计"), cost(&tables, "公用经费合计")) else {
        if !tables.is_empty() {
            out.lack();
        }
        return;
    };
    out.judge();
    let made = staff.1.value.value() + office.1.value.value();
    let (Some(a), Some(b)) = (Amount::of(general, stated), Amount::of(staff.0, staff.1)) else { return };
    let parts = b.with(Printed::from_decimal(made));
    if a.near(&parts) {
        return;
    }
    out.report(
        stated.span,
        Bilingual::new(
            format!("{}基本支出合计为 {}，{}人员经费、公用经费合计之和为 {}", title(general), a.show(), title(staff.0), parts.show()),
            format!("basic expenditure is {} in {}, staff and office costs make {} in {}", a.show(), title(general), parts.show(), title(staff.0)),
        ),
        Bilingual::new("核对两张表。", "Compare the two tables."),
    )
    .against(staff.1.span)
    .against(office.1.span)
    .numbers(a.show(), parts.show());
}

fn cost<'a>(tables: &[&'a DataTable], label: &str) -> Option<(&'a DataTable, &'a DataCell)> {
    tables.iter().find_map(|t| Some((*t, t.row(|l| l == label)?.cell(0)?)))
}

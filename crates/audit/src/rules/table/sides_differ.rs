//! T0404: income and expenditure of an overall table with different totals.

use keqiao_diag::Level;
use keqiao_facts::{DataCell, DataTable, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{pair, title, unit_name};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0404",
    name: "totals-of-income-and-expenditure-differ-in-table",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "总表收入总计与支出总计不等", en: "An overall table whose two totals differ" },
    why: Fixed {
        zh: "总表左右两边的总计必须相等：收到的、上年结转的，不是花了，就是结转下年。",
        en: "Both sides of an overall table have one total: what came in was either spent or carried over.",
    },
    source: "CK-3, CK-7",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for kind in [PublicKind::Overall, PublicKind::FiscalOverall] {
        let Some((left, right)) = pair(cx.report, kind) else { continue };
        let (Some(income), Some(expenditure)) = (total(left), total(right)) else {
            out.lack();
            continue;
        };
        out.judge();
        let (a, b) = (income.value, expenditure.value);
        // The same amount twice: one rounding, not two.
        let slack = a.half_unit().max(b.half_unit());
        let gap = (a.value() - b.value()).abs();
        if gap <= slack + slack {
            continue;
        }
        let unit = unit_name(left, income.column);
        out.report(
            income.span,
            Bilingual::new(
                format!("{}收入总计 {a}{unit}，支出总计 {b}{unit}，相差 {gap}{unit}", title(left)),
                format!("{}: income totals {a}{unit}, expenditure {b}{unit}: a difference of {gap}{unit}", title(left)),
            ),
            Bilingual::new("两边总计应相等，核对合计和结转结余。", "The two must be equal: check the sums and the carry-over."),
        )
        .against(expenditure.span)
        .numbers(format!("{a}{unit}"), format!("{b}{unit}"));
    }
}

fn total(table: &DataTable) -> Option<&DataCell> {
    let row = table.rows.iter().rev().find(|r| matches!(r.label.as_str(), "总计" | "收入总计" | "支出总计"))?;
    let column = if table.columns.len() == 1 { 0 } else { table.column(|c| matches!(c, "合计" | "小计" | "决算数" | "金额"))? };
    row.cell(column)
}

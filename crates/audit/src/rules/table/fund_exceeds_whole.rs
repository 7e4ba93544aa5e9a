//! T0410: a code that has more from one fund than from all funds.

use keqiao_diag::Level;
use keqiao_facts::PublicKind;
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{Amount, row_name, single, title, total_column};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0410",
    name: "general-budget-exceeding-all-funds",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "一般公共预算支出大于全部支出", en: "A code with more from one fund than from all" },
    why: Fixed {
        zh: "支出决算表含全部资金，一般公共预算财政拨款支出只是其中一部分：同一科目的后者不能大于前者。",
        en: "The expenditure table holds all funds, the general public budget is one of them: it cannot be more.",
    },
    source: "CK-12, CK-14",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let (Some(all), Some(general)) = (single(cx.report, PublicKind::Expenditure), single(cx.report, PublicKind::GeneralExpenditure)) else { return };
    if general.columns.iter().any(|c| c.name.contains("结转")) {
        return;
    }
    let columns = [(total_column(all), total_column(general)), (all.column(|c| c == "基本支出"), general.column(|c| c == "基本支出"))];
    for (whole, part) in columns {
        let (Some(whole), Some(part)) = (whole, part) else { continue };
        for row in &general.rows {
            let Some((code, _)) = &row.code else { continue };
            let Some(same) = all.coded(code) else { continue };
            let (Some(a), Some(b)) = (row.cell(part), same.cell(whole)) else { continue };
            out.judge();
            let (Some(x), Some(y)) = (Amount::of(general, a), Amount::of(all, b)) else { continue };
            if !x.exceeds(&y) {
                continue;
            }
            let name = row_name(row);
            out.report(
                a.span,
                Bilingual::new(
                    format!("“{name}”在{}中为 {}，大于{}中的 {}", title(general), x.show(), title(all), y.show()),
                    format!("{name} is {} in {}, more than the {} of {}", x.show(), title(general), y.show(), title(all)),
                ),
                Bilingual::new("核对两张表同一科目的金额。", "Compare the amounts of the code in the two tables."),
            )
            .against(b.span)
            .numbers(x.show(), y.show());
        }
    }
}

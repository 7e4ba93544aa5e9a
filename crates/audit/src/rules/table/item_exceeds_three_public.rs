//! T0411: an economic item of basic expenditure that exceeds the same item of the 三公 table.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, Measure, Place, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{Amount, halves, row_name, title};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0411",
    name: "economic-item-exceeding-three-public",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "基本支出中的“三公”科目大于“三公”经费表", en: "A basic expenditure item that exceeds the 三公 table" },
    why: Fixed {
        zh: "“三公”经费表含全部财政拨款，基本支出只是其中一部分：公务接待费等科目在基本支出表中的金额不能大于“三公”经费表的决算数。",
        en: "The 三公 table holds all fiscal money, basic expenditure is part of it: an item cannot be more there.",
    },
    source: "CK-18",
    check,
};

const ITEMS: [(&str, Measure); 4] = [
    ("30212", Measure::GoingAbroad),
    ("30217", Measure::Reception),
    ("30231", Measure::VehicleRunning),
    ("31013", Measure::VehiclePurchase),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let tables = halves(report, PublicKind::GeneralBasic);
    let several = |kind| report.tables.iter().filter(|t| t.kind == Some(kind) && t.half == 0).count() > 1;
    let Some(public) = report.tables.iter().find(|t| t.kind == Some(PublicKind::ThreePublic)) else { return };
    if tables.is_empty() || several(PublicKind::GeneralBasic) || several(PublicKind::ThreePublic) {
        return;
    }
    for (code, measure) in ITEMS {
        let Some((table, row)) = tables.iter().find_map(|t| Some((*t, t.coded(code)?))) else { continue };
        let Some(cell) = row.cells.first().filter(|_| table.columns.len() == 1) else { continue };
        let stated = report.facts.iter().find(|f| {
            f.place == Place::Table && f.measure == Some(measure) && f.aspect == Aspect::Actual && f.year == report.identity.fiscal_year && public.span.contains(f.span)
        });
        // A blank in the 三公 table is not taken for a zero: the column may not have been understood.
        let (Some(fact), Some(part)) = (stated, Amount::of(table, cell)) else {
            out.lack();
            continue;
        };
        out.judge();
        let whole = Amount::of_fact(fact);
        if !part.exceeds(&whole) {
            continue;
        }
        let name = row_name(row);
        out.report(
            cell.span,
            Bilingual::new(
                format!("{}中“{name}”为 {}，大于“三公”经费表决算数 {}", title(table), part.show(), whole.show()),
                format!("{name} is {} in {}, more than the {} of the 三公 table", part.show(), title(table), whole.show()),
            ),
            Bilingual::new("核对两表口径；“三公”经费应包含基本支出中的同一科目。", "Check the scope of both: the 三公 table must include the item."),
        )
        .against(fact.span)
        .numbers(part.show(), whole.show());
    }
}

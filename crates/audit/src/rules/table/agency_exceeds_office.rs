//! T0412: agency operating costs in the text that exceed the office costs of the table.

use keqiao_diag::Level;
use keqiao_facts::{Measure, Place, PublicKind};
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{Amount, halves, title};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0412",
    name: "agency-costs-exceeding-office-costs",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "机关运行经费大于公用经费", en: "Agency operating costs that exceed office costs" },
    why: Fixed {
        zh: "机关运行经费是行政单位和参公单位基本支出中的公用经费，不能大于基本支出决算表的公用经费合计。",
        en: "Agency operating costs are the office costs of administrative units: they cannot be more than all office costs.",
    },
    source: "CK-19",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let tables = halves(report, PublicKind::GeneralBasic);
    let office = tables.iter().find_map(|t| Some((*t, t.row(|l| l == "公用经费合计")?.cell(0)?)));
    let Some((table, cell)) = office else { return };
    let Some(office) = Amount::of(table, cell) else { return };
    for fact in cx.index.of(report, Measure::AgencyOperation, report.year()) {
        if fact.place != Place::Prose || !fact.value.is_money() {
            continue;
        }
        out.judge();
        let stated = Amount::of_fact(fact);
        if !stated.exceeds(&office) {
            continue;
        }
        out.report(
            fact.span,
            Bilingual::new(
                format!("机关运行经费 {}，大于{}公用经费合计 {}", stated.show(), title(table), office.show()),
                format!("agency operating costs are {}, more than the office costs of {} in {}", stated.show(), office.show(), title(table)),
            ),
            Bilingual::new("核对两处金额和口径。", "Check both amounts and their scope."),
        )
        .against(cell.span)
        .numbers(stated.show(), office.show());
    }
}

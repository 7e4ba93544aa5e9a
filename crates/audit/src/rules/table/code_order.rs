//! T0416: codes out of order.

use keqiao_diag::Level;
use keqiao_facts::PublicKind;
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::title;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0416",
    name: "codes-out-of-order",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "科目未按编码排列", en: "Codes out of order" },
    why: Fixed {
        zh: "功能分类科目按编码从小到大排列，便于核对；顺序颠倒的，也可能是编码填错。",
        en: "Functional codes stand in ascending order; a break may also be a wrong code.",
    },
    source: "CK-6",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in &cx.report.tables {
        if !matches!(table.kind, Some(PublicKind::Income | PublicKind::Expenditure | PublicKind::GeneralExpenditure)) {
            continue;
        }
        let codes: Vec<_> = table.rows.iter().filter_map(|r| r.code.as_ref()).collect();
        for pair in codes.windows(2) {
            let [before, after] = pair else { continue };
            out.judge();
            if before.0 < after.0 {
                continue;
            }
            out.report(
                after.1,
                Bilingual::new(
                    format!("{}中 {} 排在 {} 之后", title(table), after.0, before.0),
                    format!("in {} the code {} stands after {}", title(table), after.0, before.0),
                ),
                Bilingual::new("按编码排列，并核对编码。", "Put the codes in order, and check them."),
            )
            .against(before.1);
        }
    }
}

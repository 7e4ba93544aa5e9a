//! T0406: staff or office costs that their economic classes do not make.

use keqiao_diag::Level;
use keqiao_facts::{DataRow, DataTable, PublicKind};
use keqiao_i18n::Fixed;

use super::footing::{Footing, halves};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0406",
    name: "cost-total-differs-from-classes",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "人员经费、公用经费合计与经济分类各类之和不符", en: "Staff or office costs that their classes do not make" },
    why: Fixed {
        zh: "基本支出决算表中，人员经费合计等于 301、303 两类之和，公用经费合计等于 302、310 等各类之和。",
        en: "Staff costs are classes 301 and 303; office costs are 302, 310 and the other classes of the table.",
    },
    source: "CK-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let tables = halves(cx.report, PublicKind::GeneralBasic);
    if tables.is_empty() || tables.iter().any(|t| t.columns.len() != 1) {
        return;
    }
    let classes: Vec<(&DataTable, &DataRow)> =
        tables.iter().flat_map(|t| t.rows.iter().map(move |r| (*t, r))).filter(|(_, r)| r.code.as_ref().is_some_and(|c| c.0.len() == 3)).collect();
    for (label, codes) in [("人员经费合计", &["301", "303"][..]), ("公用经费合计", &["302", "307", "309", "310", "311", "312", "313", "399"])] {
        let stated = tables.iter().flat_map(|t| t.rows.iter().map(move |r| (*t, r))).find(|(_, r)| r.label == label);
        let Some((table, row)) = stated else { continue };
        let Some(stated) = row.cell(0) else {
            out.lack();
            continue;
        };
        let parts: Vec<_> = classes.iter().filter(|(_, r)| r.code.as_ref().is_some_and(|c| codes.contains(&c.0.as_str()))).filter_map(|(_, r)| r.cell(0)).collect();
        if parts.is_empty() {
            out.lack();
            continue;
        }
        Footing { table, what: label.to_owned(), stated, parts }.judge(out);
    }
}

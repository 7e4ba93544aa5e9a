//! T0415: a code without the row of its class or group.

use keqiao_diag::Level;
use keqiao_facts::PublicKind;
use keqiao_i18n::{Bilingual, Fixed};

use super::footing::{row_name, title};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0415",
    name: "code-without-parent-row",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "科目缺少上级的类、款行", en: "A code without the row of its class or group" },
    why: Fixed {
        zh: "按类、款、项列示的表，每一项之上应有所属的款和类；缺行的，多半是科目编码填错或漏了一行。",
        en: "Where a table lists classes, groups and items, every item has its group and class above: a code is wrong or a row is missing.",
    },
    source: "CK-6",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for table in &cx.report.tables {
        if !matches!(table.kind, Some(PublicKind::Income | PublicKind::Expenditure | PublicKind::GeneralExpenditure)) || table.half > 0 {
            continue;
        }
        let codes: Vec<&str> = table.rows.iter().filter_map(|r| r.code.as_ref()).map(|c| c.0.as_str()).collect();
        let has_parent = |code: &str| codes.contains(&&code[..code.len() - 2]);
        let children = codes.iter().filter(|c| c.len() > 3).count();
        let orphans = codes.iter().filter(|c| c.len() > 3 && !has_parent(c)).count();
        // Tables that list one level only, or whose code columns were not understood, have no parents at all.
        if children < 3 || orphans * 3 > children {
            if children > 0 {
                out.lack();
            }
            continue;
        }
        for row in &table.rows {
            let Some((code, span)) = row.code.as_ref().filter(|c| c.0.len() > 3) else { continue };
            out.judge();
            if has_parent(code) {
                continue;
            }
            let (parent, name) = (&code[..code.len() - 2], row_name(row));
            out.report(
                *span,
                Bilingual::new(
                    format!("{}有“{name}”，没有上级科目 {parent}", title(table)),
                    format!("{} has {name} but no row for {parent}", title(table)),
                ),
                Bilingual::new("核对科目编码，或补上缺少的类、款行。", "Check the code, or add the missing row."),
            )
            .numbers(code.as_str(), parent);
        }
    }
}

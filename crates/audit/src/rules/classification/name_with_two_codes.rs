//! C0803: one name under two codes of the same group.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::mentions::coded;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0803",
    name: "name-with-two-codes",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "同一名称在同一款下有两个编码", en: "One name under two codes of a group" },
    why: Fixed {
        zh: "同一款下的各项名称互不相同；同一张表里一个名称出现在两个编码上，必有一个填错。",
        en: "The items of a group have different names; one name on two codes of a table is a slip.",
    },
    source: "TX-4",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let rows: Vec<_> = coded(cx.report).filter(|(_, _, code)| code.len() == 7).collect();
    for (at, (table, row, code)) in rows.iter().enumerate() {
        let twin = rows[..at].iter().find(|(t, r, c)| t.source == table.source && t.span == table.span && c[..5] == code[..5] && c != code && r.label == row.label);
        out.judge();
        let (Some((_, other, first)), Some(span)) = (twin, row.label_span) else { continue };
        let mut report = out.report(
            span,
            Bilingual::new(
                format!("“{}”在同一张表中有两个编码：{first} 和 {code}", row.label),
                format!("{} has two codes in one table: {first} and {code}", row.label),
            ),
            Bilingual::new("核对编码和名称。", "Check codes and names."),
        );
        if let Some(other) = other.label_span {
            report = report.against(other);
        }
        report.numbers(*code, *first);
    }
}

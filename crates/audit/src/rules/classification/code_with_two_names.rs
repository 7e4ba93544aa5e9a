//! C0802: one code with two names in the tables of a report.

use std::collections::BTreeMap;

use keqiao_diag::Level;
use keqiao_facts::DataRow;
use keqiao_i18n::{Bilingual, Fixed};

use super::mentions::{coded, core};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0802",
    name: "code-with-two-names",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "同一科目编码有两个名称", en: "One code with two names" },
    why: Fixed {
        zh: "同一份报告的各张表中，同一编码应是同一名称；两个名称必有一个写错。",
        en: "In the tables of one report a code has one name; of two names one is wrong.",
    },
    source: "TX-4, CK-6",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let mut by_code: BTreeMap<&str, Vec<&DataRow>> = BTreeMap::new();
    for (_, row, code) in coded(cx.report) {
        by_code.entry(code).or_default().push(row);
    }
    for (code, rows) in by_code.into_iter().filter(|(_, r)| r.len() > 1) {
        out.judge();
        // The name that most tables give; with one against one the earlier stands.
        let votes = |name: &str| rows.iter().filter(|r| alike(&r.label, name)).count();
        let Some(usual) = rows.iter().rev().max_by_key(|r| votes(&r.label)) else { continue };
        for row in rows.iter().filter(|r| !alike(&r.label, &usual.label)) {
            let Some(span) = row.label_span else { continue };
            let mut report = out.report(
                span,
                Bilingual::new(
                    format!("编码 {code} 此处为“{}”，其他表中为“{}”", row.label, usual.label),
                    format!("{code} is {} here, {} in the other tables", row.label, usual.label),
                ),
                Bilingual::new("核对编码和名称。", "Check code and name."),
            );
            if let Some((_, code_span)) = &row.code {
                report = report.against(*code_span);
            }
            if let Some(other) = usual.label_span {
                report = report.against(other);
            }
            report.numbers(row.label.as_str(), usual.label.as_str());
        }
    }
}

/// Names that differ only by 支出, by brackets, or because a reader lost the end of one.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (core(a), core(b));
    a == b || a.starts_with(b) || b.starts_with(a) || a.ends_with(b) || b.ends_with(a)
}

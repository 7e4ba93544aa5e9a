//! X0716: a term that later rules have replaced.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0716",
    name: "outdated-term",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "使用已停用的会计名词", en: "A term that later rules have replaced" },
    why: Fixed {
        zh: "2019 年起政府会计制度改革，“用事业基金弥补收支差额”改为“使用非财政拨款结余”。",
        en: "Since the accounting reform of 2019 用事业基金弥补收支差额 is called 使用非财政拨款结余.",
    },
    source: "FD-14",
    check,
};

const TERMS: &[(&str, &str, u16)] = &[
    ("用事业基金弥补收支差额", "使用非财政拨款结余", 2019),
    ("行政单位会计制度", "政府会计制度", 2019),
    ("事业单位会计制度", "政府会计制度", 2019),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for (term, now, from) in TERMS {
            for (at, _) in text.match_indices(term) {
                out.judge();
                if cx.report.year() < *from {
                    continue;
                }
                out.report(
                    p.folded.span(at..at + term.len()),
                    Bilingual::new(format!("“{term}”自 {from} 年起改为“{now}”"), format!("“{term}” has been “{now}” since {from}")),
                    Bilingual::new("请改用现行名词。", "Use the term in force."),
                );
            }
        }
    }
}

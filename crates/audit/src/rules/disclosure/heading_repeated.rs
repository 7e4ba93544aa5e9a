//! D0607: a heading or caption is printed twice.

use keqiao_diag::Level;
use keqiao_facts::Role;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0607",
    name: "heading-repeated",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "标题或图名重复", en: "A heading or caption is printed twice" },
    why: Fixed {
        zh: "同一标题、图名连印两遍，是排版时留下的。",
        en: "The same heading or caption twice in a row is left over from typesetting.",
    },
    source: "TX-11",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let lines: Vec<_> = words::paragraphs(cx.report).collect();
    for pair in lines.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if !matches!(b.role, Role::Heading | Role::Caption) {
            continue;
        }
        out.judge();
        let (first, second) = (a.folded.text(), b.folded.text());
        if second.chars().count() < 4 || !(first == second || b.role == Role::Caption && first.ends_with(second)) {
            continue;
        }
        out.report(
            b.span,
            Bilingual::new(format!("“{}”印了两遍", words::head(second, 24)), format!("“{}” is printed twice", words::head(second, 24))),
            Bilingual::new("请删去重复的一行。", "Delete one of the two lines."),
        )
        .against(a.span);
    }
}

//! X0707: a paragraph ends without a full stop.

use keqiao_diag::Level;
use keqiao_facts::Role;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "X0707",
    name: "sentence-left-open",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "段落没有以句号结束", en: "A paragraph ends without a full stop" },
    why: Fixed {
        zh: "以逗号、分号结束的段落，后面可能少了文字。",
        en: "A paragraph that ends with a comma or semicolon may have lost words.",
    },
    source: "TX-11",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let paragraphs = &cx.report.paragraphs;
    for (i, p) in paragraphs.iter().enumerate().filter(|(_, p)| p.role == Role::Body) {
        let text = p.folded.text();
        if text.chars().count() < 15 {
            continue;
        }
        out.judge();
        let Some(last) = text.chars().next_back().filter(|c| matches!(c, '，' | '；' | '、')) else { continue };
        // An item of a list ends with ； when the list goes on; the last paragraph of its section must not.
        let next = paragraphs.get(i + 1);
        let goes_on = next.is_some_and(|n| {
            let item = n.folded.text().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '（' | '①'..='⑳'));
            item || n.section == p.section && n.role == Role::Body
        });
        if goes_on {
            continue;
        }
        out.report(
            p.folded.span(text.len() - last.len_utf8()..text.len()),
            Bilingual::new(format!("段落以“{last}”结束"), format!("the paragraph ends with {last}")),
            Bilingual::new("请改为句号；如有漏掉的文字，请补上。", "Write a full stop, or add what is missing."),
        );
    }
}

//! X0705: brackets or quotation marks do not pair.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0705",
    name: "unbalanced-bracket",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "括号、引号或书名号不成对", en: "Brackets or quotation marks do not pair" },
    why: Fixed {
        zh: "缺了一半的括号会改变句子的意思，也常说明有文字被误删。",
        en: "A bracket without its other half changes what a sentence says, and often shows that words were deleted by mistake.",
    },
    source: "TX-11",
    check,
};

const PAIRS: &[(char, char)] = &[('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕'), ('【', '】')];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for &(open, close) in PAIRS {
            if !text.contains([open, close]) {
                continue;
            }
            out.judge();
            let Some(at) = unmatched(text, open, close) else { continue };
            let end = text[at..].char_indices().nth(8).map_or(text.len(), |c| at + c.0);
            out.report(
                p.folded.span(at..end),
                Bilingual::new(format!("“{open}{close}”不成对"), format!("{open} and {close} do not pair here")),
                Bilingual::new("请补上缺少的一半，或删去多余的一半。", "Add the missing half or delete the other."),
            );
        }
    }
}

/// The first bracket without its other half. `1）` at the start of an item needs none.
fn unmatched(text: &str, open: char, close: char) -> Option<usize> {
    let mut stack = Vec::new();
    for (at, c) in text.char_indices() {
        if c == open {
            stack.push(at);
        } else if c == close && stack.pop().is_none() {
            let item = close == '）' && words::before(text, at).is_some_and(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
            if !item {
                return Some(at);
            }
        }
    }
    stack.first().copied()
}

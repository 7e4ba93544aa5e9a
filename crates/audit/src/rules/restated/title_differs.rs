//! R0210: one document’s title written in two ways.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0210",
    name: "title-written-differently",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "同一文件名称前后不一致", en: "One document’s title written in two ways" },
    why: Fixed {
        zh: "书名号里的文件、活动名称前后只差一两个字，多半是笔误。",
        en: "Titles that differ in one or two characters are most likely slips.",
    },
    source: "3.9",
    check,
};

const LENGTH_MIN: usize = 8;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let text = &cx.report.text;
    let mut titles: Vec<(String, Span)> = Vec::new();
    for (start, _) in text.match_indices('《') {
        let inner = start + '《'.len_utf8();
        let Some(end) = text[inner..].find('》').map(|e| inner + e) else { continue };
        let title = &text[inner..end];
        let count = title.chars().count();
        if (LENGTH_MIN..60).contains(&count) && !title.contains('\n') {
            titles.push((title.to_owned(), Span::new(inner, end)));
        }
    }
    for (i, (b, at)) in titles.iter().enumerate() {
        for (a, first) in &titles[..i] {
            out.judge();
            // Years and numbers make different documents.
            if a == b || one_swap(a, b).is_none_or(|(x, y)| x.is_ascii_digit() || y.is_ascii_digit() || "一二三四五六七八九十上下省市州县区乡镇村国".contains([x, y])) || titles[..i].iter().any(|(t, _)| t == b) {
                continue;
            }
            out.report(
                *at,
                Bilingual::new(format!("《{b}》别处写作《{a}》"), format!("《{b}》 is written 《{a}》 elsewhere")),
                Bilingual::new("按原文件名称统一。", "Use the document's own title."),
            )
            .against(*first)
            .numbers(b.as_str(), a.as_str());
        }
    }
}

/// The two characters in which strings of equal length differ, when there is exactly one such place.
fn one_swap(a: &str, b: &str) -> Option<(char, char)> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() {
        return None;
    }
    let mut differing = a.into_iter().zip(b).filter(|(x, y)| x != y);
    let one = differing.next();
    if differing.next().is_some() { None } else { one }
}

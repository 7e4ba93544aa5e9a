//! C0801: a code beside the name of another code.

use keqiao_diag::Level;
use keqiao_facts::{CodeKind, CodeList};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;

use super::mentions::{coded, core, mentions, names_of, other_name, prose};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0801",
    name: "name-of-another-code",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "科目编码与名称不符", en: "A code beside the name of another code" },
    why: Fixed {
        zh: "每个科目编码有自己的名称；写的是另一个编码的名称时，编码和名称必有一个写错。",
        en: "Each code has its name; where the name of another code stands beside it, one of the two is wrong.",
    },
    source: "TX-4",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for p in prose(report) {
        for m in mentions(p) {
            let own = names_of(report, &m.code);
            if own.is_empty() {
                out.lack();
                continue;
            }
            out.judge();
            let fits = |n: &&str| if m.before { core(&m.words).ends_with(core(n)) } else { m.words.starts_with(core(n)) };
            if own.iter().any(fits) {
                continue;
            }
            let Some((right, name)) = other_name(report, &m.code, &m.words, m.before) else { continue };
            // Only the name itself is marked, not the words before it.
            let length = name.len().min(m.words_span.len());
            let (start, end) = (m.words_span.start as usize, m.words_span.end as usize);
            let span = if m.before { Span::new(end - length, end) } else { Span::new(start, start + length) };
            let span = if report.words(span).is_empty() { m.words_span } else { span };
            found(out, &m.code, m.code_span, name, span, right, own[0]);
        }
    }
    // A table's row: the name is judged against the shipped list alone, since the table is itself a source of names.
    for (_, row, code) in coded(report) {
        let Some((_, code_span)) = &row.code else { continue };
        let list = CodeList::shipped(CodeKind::Functional);
        let Some(own) = list.of_code(code).next() else { continue };
        out.judge();
        if list.of_code(code).any(|e| core(&e.name) == core(&row.label)) {
            continue;
        }
        let other = list.entries().iter().find(|e| e.code != code && e.code.len() == code.len() && core(&e.name) == core(&row.label));
        if let (Some(other), Some(span)) = (other, row.label_span) {
            found(out, code, *code_span, &row.label, span, &other.code, &own.name);
        }
    }
}

fn found(out: &mut Sink, code: &str, code_span: Span, name: &str, name_span: Span, right: &str, own: &str) {
    out.report(
        code_span,
        Bilingual::new(
            format!("编码 {code} 是“{own}”，“{name}”的编码是 {right}"),
            format!("{code} is {own}; the code of {name} is {right}"),
        ),
        Bilingual::new("按当年政府收支分类科目核对编码和名称。", "Check code and name against the classification of the year."),
    )
    .against(name_span)
    .numbers(format!("{code}{name}"), format!("{right}{name}"));
}

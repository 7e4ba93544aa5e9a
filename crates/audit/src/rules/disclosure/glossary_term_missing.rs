//! D0605: the glossary lacks a term.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0605",
    name: "glossary-term-missing",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "名词解释缺少名词", en: "The glossary lacks a term" },
    why: Fixed {
        zh: "名词解释应包括规定的名词；没有发生的收支也要解释的，以当地范本为准。",
        en: "The glossary must explain the terms laid down; the local template says which.",
    },
    source: "FD-14",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    if report.identity.kind != keqiao_facts::ReportKind::FinalAccount {
        return;
    }
    let Some(glossary) = report.sections.iter().find(|s| s.title.contains("名词解释") || s.title.contains("名词说明")) else { return };
    let words: String = report
        .paragraphs
        .iter()
        .filter(|p| glossary.extent.contains(p.span))
        .map(|p| p.folded.text())
        .collect();
    // A glossary of another form (codes only) is left alone.
    let explained = |term: &str| term.split('|').any(|w| words.contains(w));
    let terms = &cx.profile.glossary;
    if terms.iter().filter(|t| explained(t)).count() < 4 {
        return;
    }
    let mut missing = Vec::new();
    for term in terms {
        out.judge();
        if !explained(term) {
            missing.push(term.split('|').next().unwrap_or(term));
        }
    }
    if !missing.is_empty() {
        out.report(
            glossary.span,
            Bilingual::new(format!("名词解释没有：{}", missing.join("、")), format!("the glossary does not explain: {}", missing.join(", "))),
            Bilingual::new("请按当地范本核对应解释的名词。", "Check the local template for the terms required."),
        );
    }
}

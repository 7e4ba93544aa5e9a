//! D0601: the contents and the headings differ.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::{Report, Role};
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0601",
    name: "contents-differ-from-body",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "目录与正文标题不一致", en: "The contents and the headings differ" },
    why: Fixed {
        zh: "目录列出而正文没有的部分，读者找不到；只是用词略有不同的作提示。",
        en: "What the contents list and the body lacks cannot be found by a reader. Small differences of wording are only noted.",
    },
    source: "FD-10",
    check,
};

static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)[：、]?(.*?)(?:(?:…|\.{2,}|·{2,}|—{2,}|-{2,})*\d{0,3})$")
        .expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // Where a PDF cuts titles in two or the body has no numbered headings, nothing can be said.
    if report.sections.iter().filter(|s| !s.number.is_empty()).count() < 4 {
        return;
    }
    let mut part = String::new();
    for p in report.paragraphs.iter().filter(|p| p.role == Role::Contents) {
        let text = p.folded.text();
        let Some(entry) = ENTRY.captures(text) else { continue };
        let (number, title) = (entry[1].trim_end_matches('、').to_owned(), entry[2].to_owned());
        if number.starts_with('第') {
            part = title.clone();
        }
        if title.chars().count() < 3 {
            continue;
        }
        out.judge();
        let end = text.find(title.as_str()).map_or(text.len(), |i| i + title.len());
        let span = p.folded.span(0..end);
        match nearest(report, &number, &title, &part) {
            Place::Same => {}
            Place::Other(heading, words) => {
                out.report_at(
                    Level::Info,
                    span,
                    Bilingual::new(format!("目录作“{title}”，正文作“{words}”"), format!("the contents say “{title}”, the heading “{words}”")),
                    Bilingual::new("请统一标题。", "Use one wording."),
                )
                .against(heading);
            }
            Place::None => {
                out.report(
                    span,
                    Bilingual::new(format!("目录列有“{number} {title}”，正文没有这一部分"), format!("the contents list “{number} {title}”, but the body has no such part")),
                    Bilingual::new("请补上这一部分，或更正目录。", "Add the part or correct the contents."),
                );
            }
        }
    }
}

enum Place {
    Same,
    Other(keqiao_source::Span, String),
    None,
}

/// The heading that an entry means: the same words, or the same number with words that share most characters. A part that
/// exists only as a table or inside other words is not missing.
fn nearest(report: &Report, number: &str, title: &str, part: &str) -> Place {
    let same = |a: &str, b: &str| a == b || a.trim_end_matches('表') == b.trim_end_matches('表');
    if report.sections.iter().any(|s| same(&s.title, title)) || report.tables.iter().any(|t| t.name.contains(title)) {
        return Place::Same;
    }
    let body = |p: &&keqiao_facts::Paragraph| p.role != Role::Contents && p.folded.text().contains(title);
    if report.paragraphs.iter().any(|p| body(&p)) {
        return Place::Same;
    }
    let close = report.sections.iter().filter(|s| s.number == number).find(|s| likeness(&s.title, title) >= 60);
    let close = close.or_else(|| report.sections.iter().find(|s| likeness(&s.title, title) >= 75));
    if let Some(s) = close {
        return Place::Other(s.span, s.title.clone());
    }
    // Tables printed as pictures or left to a reader that did not see them: a listed table is another rule's matter, and
    // so is what stands in the part of tables.
    let table = title.ends_with('表') || part.ends_with('表') && number.len() < 12 && title.contains('表');
    if table || words::printed(report).iter().filter(|f| f.text().contains(title)).count() > 1 {
        return Place::Same;
    }
    Place::None
}

/// Shared characters in percent of the longer title.
fn likeness(a: &str, b: &str) -> usize {
    let longer = a.chars().count().max(b.chars().count()).max(1);
    let mut rest: Vec<char> = b.chars().collect();
    let shared = a.chars().filter(|c| rest.iter().position(|r| r == c).map(|i| rest.swap_remove(i)).is_some()).count();
    shared * 100 / longer
}

//! F0528: a heading of a form without the form.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::Role;

use super::reading::tight_span;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0528",
    name: "heading-without-form",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "只有表的标题，没有表", en: "A heading of a form without the form" },
    why: Fixed {
        zh: "标题列出的自评表没有附上，或者各表的标题整体错了一张。",
        en: "The form that the heading announces is missing, or all headings are displaced by one.",
    },
    source: "TX-8, TX-19",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let stem = |t: &str| t.split_once('（').map(|(s, rest)| (s.to_owned(), rest.ends_with('）')));
    let stems: Vec<String> = report.forms.iter().filter(|f| f.heading_project.is_some()).filter_map(|f| stem(&f.heading)).map(|s| s.0).collect();
    if stems.is_empty() {
        return;
    }
    let mut orphans = Vec::new();
    for p in report.paragraphs.iter().filter(|p| p.role != Role::Contents) {
        let text = p.folded.text();
        let Some(used) = stems.iter().find(|s| text.find(s.as_str()).is_some_and(|at| at < 24 && text[at + s.len()..].starts_with('（'))) else { continue };
        out.judge();
        let with_form = report.forms.iter().filter_map(|f| f.heading_span).any(|h| p.span.contains(h) || h.contains(p.span));
        let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered_list = (number.len() < text.len() && number.starts_with(['.', '、', '．'])) || text.starts_with("附件：");
        if !with_form && text.ends_with('）') && !numbered_list {
            let at = text.find(used.as_str()).unwrap_or(0);
            orphans.push((p, at));
        }
    }
    // Several in a row are a list of attachments.
    let [(p, at)] = orphans[..] else { return };
    let heading = p.folded.span(at..p.folded.text().len());
    let untitled = report.forms.iter().filter(|f| f.heading.is_empty()).count();
    let (zh, en) = if untitled > 0 {
        ("，另有自评表没有标题，各表标题可能整体错位", "; another form has no heading, so all headings may be displaced")
    } else {
        ("", "")
    };
    out.report(
        tight_span(report, heading, 60),
        Bilingual::new(format!("标题“{}”下面没有表{zh}", heading_words(p.folded.text(), at)), format!("no form follows the heading “{}”{en}", heading_words(p.folded.text(), at))),
        Bilingual::new("请补上该项目的表，并核对各表标题的位置。", "Add the form, and check where the headings stand."),
    )
    .against_all(report.forms.iter().filter_map(|f| f.heading_span).map(|s| tight_span(report, s, 60)));
}

fn heading_words(text: &str, at: usize) -> String {
    text[at..].chars().take(40).collect()
}

//! D0613: a change without its reason.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0613",
    name: "change-without-reason",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "增减没有说明原因", en: "A change without its reason" },
    why: Fixed {
        zh: "范本要求对与上年相比的增减说明主要原因。",
        en: "The template asks for the main reason of every change against the year before.",
    },
    source: "FD-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    if report.identity.kind != keqiao_facts::ReportKind::FinalAccount {
        return;
    }
    for change in &report.relations.changes {
        let Some(measure) = change.measure else { continue };
        let paragraph = report.paragraphs.iter().find(|p| p.span.contains(change.word));
        let Some(p) = paragraph else { continue };
        let attachment = p.section.is_some_and(|s| report.sections[s as usize].attachment);
        if attachment || change.direction == keqiao_facts::Direction::Flat {
            continue;
        }
        out.judge();
        let from = p.folded.position(change.word.start);
        let rest = p.folded.text().get(from..).unwrap_or_default();
        if change.reason.is_some() || ["原因", "由于", "因为", "是因", "因"].iter().any(|w| rest.contains(w)) {
            continue;
        }
        out.report(
            change.word,
            Bilingual::new(format!("{}的增减没有说明原因", measure.zh()), format!("{}: no reason is given for the change", measure.en())),
            Bilingual::new("请补上主要原因。", "Add the main reason."),
        );
    }
}

//! X0718: the conclusion repeats the target.

use keqiao_diag::Level;
use keqiao_facts::{Paragraph, Report, Role};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "X0718",
    name: "target-repeated-as-result",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "结论照抄目标", en: "The conclusion repeats the target" },
    why: Fixed {
        zh: "绩效目标写的是要做什么，评价结论应写做成了什么；两处整段相同，说明没有按结果评价。",
        en: "A target says what is to be done, a conclusion what was reached. The same passage in both shows that results were not evaluated.",
    },
    source: "PR-27",
    check,
};

/// Fewest characters that two passages must share.
const SHARED_MIN: usize = 80;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let long = |p: &&Paragraph| p.role == Role::Body && p.folded.text().chars().count() >= SHARED_MIN;
    let targets: Vec<&Paragraph> = report.paragraphs.iter().filter(long).filter(|p| above(report, p, is_target).is_some()).collect();
    let results: Vec<&Paragraph> = report.paragraphs.iter().filter(long).filter(|p| above(report, p, is_result).is_some()).collect();
    // Sections are told once: a conclusion often repeats several paragraphs of its target.
    let mut told = Vec::new();
    for target in &targets {
        for result in &results {
            let sections = (above(report, target, is_target), above(report, result, is_result));
            if target.span == result.span || told.contains(&sections) {
                continue;
            }
            out.judge();
            let Some((a, b)) = shared(target.folded.text(), result.folded.text()) else { continue };
            out.report(
                result.folded.span(b),
                Bilingual::new("结论与绩效目标整段相同", "the conclusion repeats the target word for word"),
                Bilingual::new("请写实际完成的结果及依据。", "Say what was reached, and how that is known."),
            )
            .against(target.folded.span(a));
            told.push(sections);
            break;
        }
    }
}

fn is_target(title: &str) -> bool {
    title.ends_with("目标")
}

fn is_result(title: &str) -> bool {
    ["结论", "完成情况", "效益情况"].iter().any(|w| title.contains(w))
}

/// The outermost section over a paragraph whose title fits.
fn above(report: &Report, p: &Paragraph, fits: fn(&str) -> bool) -> Option<Span> {
    report.ancestors(p.section).filter(|s| fits(&s.title)).last().map(|s| s.span)
}

/// The first long clause that both have, when the clauses in common make a passage. Ranges are cut to thirty characters.
fn shared(a: &str, b: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut total = 0;
    let mut first = None;
    let mut at = 0;
    for clause in a.split_inclusive(['，', '。', '；', '、']) {
        if clause.chars().count() >= 8
            && let Some(place) = b.find(clause) {
                total += clause.chars().count();
                let end = clause.char_indices().nth(30).map_or(clause.len(), |c| c.0);
                first.get_or_insert((at..at + end, place..place + end));
            }
        at += clause.len();
    }
    first.filter(|_| total >= SHARED_MIN && total * 2 >= a.chars().count().min(b.chars().count()))
}

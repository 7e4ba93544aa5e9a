//! F0506: a target text that is repeated as the conclusion.

use keqiao_diag::Level;
use std::collections::HashMap;

use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Paragraph, Report, Role};

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0506",
    name: "target-text-repeated-as-conclusion",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "把绩效目标原文当作评价结论", en: "A target text that is repeated as the conclusion" },
    why: Fixed {
        zh: "评价结论应当说明目标实现到什么程度。整段照抄目标，结论没有任何评价内容。",
        en: "A conclusion says how far a target was reached. A target copied whole evaluates nothing.",
    },
    source: "PR-27",
    check,
};

/// Stock phrases are shorter than this.
const CHARS_MIN: usize = 40;

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let mut said: HashMap<&str, (usize, std::ops::Range<usize>)> = HashMap::new();
    for (i, p) in report.paragraphs.iter().enumerate().filter(|(_, p)| p.role == Role::Body) {
        if is_about(report, p, &["目标"], &["完成情况", "实现情况", "结论"]) {
            for (text, range) in sentences(p) {
                said.entry(text).or_insert((i, range));
            }
        } else if is_about(report, p, &["结论", "效益情况", "完成情况", "评价结果"], &[]) {
            out.judge();
            let again = sentences(p).into_iter().find_map(|(text, range)| said.get(text).map(|s| (s.clone(), range)));
            let Some(((first, there), here)) = again else { continue };
            let Some(goal) = report.paragraphs.get(first) else { continue };
            out.report(
                p.folded.span(here.start..cut(p, &here)),
                Bilingual::new(
                    "评价结论原样照抄了前面的绩效目标，没有说明完成程度",
                    "the conclusion repeats the target word for word and does not say how far it was reached",
                ),
                Bilingual::new("请用实际结果改写结论：完成了什么、与目标相差多少。", "Rewrite the conclusion with results: what was reached, and what was not."),
            )
            .against(goal.folded.span(there.start..cut(goal, &there)));
        }
    }
}

/// The first twenty characters of a stretch are enough to find it.
fn cut(p: &Paragraph, range: &std::ops::Range<usize>) -> usize {
    p.folded.text()[range.clone()].char_indices().nth(20).map_or(range.end, |(i, _)| range.start + i)
}

fn sentences(p: &Paragraph) -> Vec<(&str, std::ops::Range<usize>)> {
    let text = p.folded.text();
    let mut at = 0;
    let mut found = Vec::new();
    for part in text.split_inclusive(['。', '；']) {
        if part.chars().count() >= CHARS_MIN {
            found.push((part, at..at + part.len()));
        }
        at += part.len();
    }
    // A sentence may run on after the words that number the paragraph: 目标，通过… and 结论。通过…
    let tails: Vec<_> = found.iter().filter_map(|(s, r)| s.split_once('，').map(|(h, t)| (t, r.start + h.len() + '，'.len_utf8()..r.end))).collect();
    found.extend(tails.into_iter().filter(|(t, _)| t.chars().count() >= CHARS_MIN));
    found
}

fn is_about(report: &Report, p: &Paragraph, words: &[&str], not: &[&str]) -> bool {
    let text = p.folded.text();
    let opening: &str = text.char_indices().nth(18).map_or(text, |(i, _)| &text[..i]);
    let title = report.ancestors(p.section).next().map_or("", |s| s.title.as_str());
    let hit = |s: &str| words.iter().any(|w| s.contains(w)) && !not.iter().any(|w| s.contains(w));
    hit(opening) || hit(title)
}

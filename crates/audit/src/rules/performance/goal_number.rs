//! F0523: a goal number that is missing.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{CellText, Report};
use keqiao_source::{Folded, Span};

use super::reading::title;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0523",
    name: "goal-number-missing",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "年度目标编号缺号", en: "A goal number that is missing" },
    why: Fixed {
        zh: "目标从“目标2”开始或者跳号，说明漏了一条，或照搬了别的表。",
        en: "Goals that begin at 2 or skip a number have lost one, or were copied from another form.",
    },
    source: "TX-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        for goal in &form.goals {
            let Some(cell) = goal.expected.as_ref().or(goal.actual.as_ref()) else { continue };
            let numbers = numbers(cx.report, cell);
            if numbers.len() < 2 && numbers.first().is_none_or(|n| n.0 == 1) {
                continue;
            }
            out.judge();
            let wrong = numbers.iter().enumerate().find(|(i, n)| n.0 as usize != i + 1);
            let Some((i, (number, span))) = wrong else { continue };
            let report = out.report(
                *span,
                Bilingual::new(
                    format!("{}的年度目标缺“目标{}”，直接写“目标{number}”", title(form), i + 1),
                    format!("{}: goal {} is missing, the list goes on with {number}", title(form), i + 1),
                ),
                Bilingual::new("请补上缺少的目标，或重新编号。", "Add the missing goal, or number them anew."),
            );
            report.against_all(numbers.iter().map(|n| n.1).filter(|s| s != span).take(4));
        }
    }
}

/// `目标1：`, `目标2：` with their places.
fn numbers(report: &Report, cell: &CellText) -> Vec<(u32, Span)> {
    let folded = Folded::new(report.words(cell.span), cell.span.start as usize);
    let text = folded.text();
    let mut found = Vec::new();
    for (at, word) in text.match_indices("目标") {
        let rest = &text[at + word.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !rest[digits..].starts_with(['：', '、', '.']) {
            continue;
        }
        if let Ok(number) = rest[..digits].parse() {
            found.push((number, folded.span(at..at + word.len() + digits)));
        }
    }
    found
}

//! A0124: “more than budgeted” where it was less.

use keqiao_diag::Level;
use keqiao_facts::Aspect;
use keqiao_i18n::{Bilingual, Fixed};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0124",
    name: "budget-direction-contradicting-values",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "决算数大于（小于）预算数与数字相反", en: "“More than budgeted” where it was less, or the reverse" },
    why: Fixed {
        zh: "写“决算数大于预算数”，而所列决算数小于预算数，或相反。",
        en: "The text says that the account is above the budget; the numbers beside it say below, or the reverse.",
    },
    source: "3.8, FD-12",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (n, p) in report.paragraphs.iter().enumerate() {
        let text = p.folded.text();
        for (word, above) in [("大于", true), ("高于", true), ("小于", false), ("低于", false)] {
            for (at, _) in text.match_indices(word) {
                let after = &text[at + word.len()..];
                let named = text[..at].ends_with("决算数") || text[..at].ends_with("支出数") || text[..at].ends_with("执行数");
                if !named || !["预算数", "年初预算", "预算", "年初预算数"].iter().any(|b| after.starts_with(b)) {
                    continue;
                }
                let place = p.folded.span(at..at + word.len());
                let here = |aspects: &[Aspect]| {
                    report.facts.iter().rev().find(|f| f.paragraph == u32::try_from(n).ok() && f.span.end <= place.start && aspects.contains(&f.aspect) && f.value.is_money() && f.direction.is_none())
                };
                let (Some(actual), Some(budget)) = (here(&[Aspect::Actual]), here(&[Aspect::Budget, Aspect::InitialBudget])) else { continue };
                // Both of one statement: of one measure or completion, and no sentence between them.
                let related = report.relations.completions.iter().any(|c| c.actual == Some(actual.id) && c.budget == Some(budget.id));
                let between = report.text.get(actual.span.end.min(budget.span.end) as usize..place.start as usize).unwrap_or("。");
                if !related && (between.contains(['。', '；']) || actual.span.end > budget.span.start) || actual.value.unit != budget.value.unit {
                    continue;
                }
                out.judge();
                let (a, b) = (actual.value.interval(), budget.value.interval());
                let wrong = if above { a.high < b.low } else { a.low > b.high };
                if !wrong {
                    continue;
                }
                let right = if above { "小于" } else { "大于" };
                out.report(
                    place,
                    Bilingual::new(
                        format!("决算 {} 实际{right}预算 {}，文中写“{word}”", actual.value.show(), budget.value.show()),
                        format!("the account of {} is {} the budget of {}; the text says the reverse", actual.value.show(), if above { "below" } else { "above" }, budget.value.show()),
                    ),
                    Bilingual::new("改正文字，或核对两个数。", "Correct the words, or check the two numbers."),
                )
                .against(actual.clause)
                .against(budget.clause)
                .numbers(word, right);
            }
        }
    }
}

//! C0806: the glossary explains an item that has no spending.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::glossary::Glossary;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0806",
    name: "explained-code-without-spending",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "名词解释了没有支出的科目", en: "The glossary explains an item without spending" },
    why: Fixed {
        zh: "名词解释应与本年支出科目一致；解释了没有支出的科目，多半是沿用了往年的文字。",
        en: "The glossary follows the items of the year; one without spending was likely copied from an older report.",
    },
    source: "FD-14",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let glossary = Glossary::read(cx.report);
    if !glossary.is_itemised() {
        if !glossary.terms.is_empty() {
            out.lack();
        }
        return;
    }
    for term in &glossary.terms {
        out.judge();
        if glossary.is_spent(term) {
            continue;
        }
        let code = term.code.as_deref().unwrap_or("");
        out.report(
            term.span,
            Bilingual::new(
                format!("名词解释中的“{code}{}”本年没有支出", term.name),
                format!("the glossary explains {code}{}, which has no spending this year", term.name),
            ),
            Bilingual::new("删去本年没有支出的科目，或核对支出表。", "Drop it, or check the table of expenditure."),
        );
    }
}

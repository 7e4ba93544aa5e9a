//! C0807: an item with spending that the glossary leaves out.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use super::glossary::Glossary;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0807",
    name: "spending-code-without-explanation",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "有支出的科目没有名词解释", en: "An item with spending that the glossary leaves out" },
    why: Fixed {
        zh: "名词解释逐项说明支出功能分类科目的，本年有支出的项都应解释。",
        en: "A glossary that explains items explains every item with spending.",
    },
    source: "FD-14",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let glossary = Glossary::read(cx.report);
    if !glossary.is_itemised() {
        return;
    }
    let missing: Vec<_> = glossary.spent.iter().filter(|s| !glossary.is_explained(s)).collect();
    out.judge();
    let Some(first) = missing.first() else { return };
    let names: Vec<String> = missing.iter().take(6).map(|s| format!("{}{}", s.code, s.name)).collect();
    out.report(
        first.span,
        Bilingual::new(
            format!("名词解释缺少本年有支出的科目：{}", names.join("、")),
            format!("the glossary leaves out items with spending: {}", names.join(", ")),
        ),
        Bilingual::new("补充这些科目的解释。", "Explain them too."),
    )
    .against_all(missing.iter().skip(1).take(5).map(|s| s.span));
}

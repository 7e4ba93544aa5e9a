//! C0808: an item named under a group that its code does not belong to.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, CodeKind, CodeList, Fact, Measure, Place, Report};
use keqiao_i18n::{Bilingual, Fixed};

use super::mentions::core;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0808",
    name: "item-under-wrong-group",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "项所在的款与编码不符", en: "An item named under a group that is not its own" },
    why: Fixed {
        zh: "文字把某项归入一个款，而表中同名同额的科目编码属于另一个款，两处必有一处有误。",
        en: "The text puts an item under one group; the code of the same item and amount in the table belongs to another.",
    },
    source: "TX-4",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let year = report.year();
    for fact in report.facts.iter().filter(|f| f.place == Place::Prose && f.measure == Some(Measure::FunctionExpenditure) && f.aspect == Aspect::Actual) {
        let parts: Vec<&str> = fact.label.split('/').collect();
        let [class, group, item] = parts.as_slice() else { continue };
        if fact.scope.bytes().all(|b| b.is_ascii_digit()) && !fact.scope.is_empty() {
            continue;
        }
        out.judge();
        let Some(cell) = same_amount(report, fact, item) else { continue };
        let list = CodeList::shipped(CodeKind::Functional);
        let bears = |code: &str, test: &dyn Fn(&str) -> bool| list.of_code(code).any(|e| test(core(&e.name)));
        let (Some(class_code), Some(group_code)) = (cell.scope.get(..3), cell.scope.get(..5)) else { continue };
        let own = list.of_code(group_code).find(|e| e.holds(year)).map(|e| e.name.as_str());
        let of_class = bears(class_code, &|n| n == core(class));
        let of_group = bears(group_code, &|n| n.contains(core(group)) || core(group).contains(n));
        let own_table = report.tables.iter().any(|t| t.coded(group_code).is_some_and(|r| core(&r.label) == core(group)));
        let Some(own) = own.filter(|_| of_class && !of_group && !own_table) else { continue };
        let Some((start, end)) = head(report, fact, group) else { continue };
        let span = keqiao_source::Span { start, end };
        out.report(
            span,
            Bilingual::new(
                format!("“{item}”文中归入“{group}”（款），表中同额科目 {} 属于“{own}”（{group_code}）", cell.scope),
                format!("{item} stands under {group}; the code {} of the same amount belongs to {own} ({group_code})", cell.scope),
            ),
            Bilingual::new("核对款的名称和编码。", "Check the group's name and the code."),
        )
        .against(cell.span)
        .against(fact.span)
        .numbers(*group, own);
    }
}

/// The one coded number of a table with the item's name and the fact's amount.
fn same_amount<'r>(report: &'r Report, fact: &Fact, item: &str) -> Option<&'r Fact> {
    let mut fits = report.facts.iter().filter(|f| {
        f.place == Place::Table
            && f.scope.len() == 7
            && f.value.is_money()
            && f.label.split('·').next().is_some_and(|l| core(l) == core(item))
            && f.value.interval().meets(fact.value.interval())
    });
    let first = fits.next()?;
    fits.all(|f| f.scope == first.scope).then_some(first)
}

/// Where the group's name stands before the fact.
fn head(report: &Report, fact: &Fact, group: &str) -> Option<(u32, u32)> {
    let p = report.paragraphs.get(fact.paragraph? as usize)?;
    let before = p.folded.text().get(..p.folded.position(fact.span.start))?;
    let at = before.rfind(group)?;
    let span = p.folded.span(at..at + group.len());
    Some((span.start, span.end))
}

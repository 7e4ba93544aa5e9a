//! P0311: a public quantity under another year’s name.

use keqiao_diag::Level;
use keqiao_facts::{Fact, ReportKind};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "P0311",
    name: "wrong-year-label",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "年份标注错误", en: "A public quantity under another year’s name" },
    why: Fixed {
        zh: "决算数据前写成了上年（或别的年份），多为套用上年文本未改。",
        en: "The accounts of the year stand under another year’s name, most often left over from last year’s text.",
    },
    source: "TX-1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // A budget speaks of the year to come and of the year before; there the label decides, not the cover.
    let Some(year) = report.identity.fiscal_year.filter(|_| report.identity.kind != ReportKind::Budget) else { return };
    let mut told: Vec<Span> = Vec::new();
    for fact in report.facts.iter().filter(|f| f.measure.is_some() && f.paragraph.is_some()) {
        out.judge();
        let Some((label, span)) = fact.label_year else { continue };
        if told.contains(&span) || !credible(cx, fact, label) {
            continue;
        }
        told.push(span);
        out.report(
            span.to(fact.clause),
            Bilingual::new(format!("此处写 {label}年，本报告为 {year}年"), format!("this says {label}; the report is of {year}")),
            Bilingual::new("核对年份；如确为别的年份的数据，请写明。", "Check the year; if it is another year's number, say so."),
        )
        .numbers(format!("{label}年"), format!("{year}年"));
    }
}

/// A slip, and not a sentence about last year: nothing in its paragraph speaks of the other year’s value as such.
fn credible(cx: &Context<'_>, fact: &Fact, label: u16) -> bool {
    let report = cx.report;
    let Some(p) = fact.paragraph.and_then(|p| report.paragraphs.get(p as usize)) else { return false };
    let text = p.folded.text();
    let last_year = label + 1 == report.year() || label == report.year() + 1;
    // The paragraph names its own year too: then both are meant.
    let own = text.contains(&format!("{}年", report.year()));
    last_year && !own && fact.span.end - p.span.start < 600
}

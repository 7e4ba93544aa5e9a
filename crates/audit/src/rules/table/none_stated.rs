//! T0420: the text says that there was none, and the figures show some.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::{Aspect, Fact, Measure, Place, PublicKind, Report, Role};
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0420",
    name: "amount-where-none-is-stated",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "文字称没有，表或文中却有金额", en: "None in the text, an amount in the figures" },
    why: Fixed {
        zh: "文字说无政府性基金、国有资本经营预算收支或无“三公”经费支出，而表中或别处有金额，两处必有一处有误。",
        en: "The text says that there was no such income or expenditure, and a table or another sentence has an amount.",
    },
    source: "FD-9, FD-12",
    check,
};

static NONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:无|没有|未发生)(?:使用|安排|发生)?(政府性基金|国有资本经营|“?三公”?经费)[^，。；：、]{0,24}?(收入和支出|收入支出|收支|收入|支出)").expect("a constant pattern")
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(20\d\d)年").expect("a constant pattern"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    // Reports with a set of tables for each unit speak of one unit at a time.
    if report.tables.iter().filter(|t| t.kind == Some(PublicKind::FiscalOverall) && t.half == 0).count() > 1 {
        return;
    }
    for p in report.paragraphs.iter().filter(|p| matches!(p.role, Role::Body | Role::Note)) {
        let text = p.folded.text();
        for c in NONE.captures_iter(text) {
            let Some(whole) = c.get(0) else { continue };
            let sentence = text[..whole.start()].rfind(['。', '；']).map_or(0, |i| i + '。'.len_utf8());
            let other_year = YEAR.captures_iter(&text[sentence..whole.end()]).any(|y| y[1].parse::<u16>().ok() != report.identity.fiscal_year);
            if other_year || text[sentence..whole.start()].contains(['“', '如', '若']) {
                continue;
            }
            out.judge();
            let what = &c[2];
            let (income, spent) = match &c[1] {
                "政府性基金" => (Some(Measure::FundIncome), Measure::FundExpenditure),
                "国有资本经营" => (Some(Measure::CapitalIncome), Measure::CapitalExpenditure),
                _ => (None, Measure::ThreePublic),
            };
            let mut wanted = Vec::new();
            if what != "支出" {
                wanted.extend(income);
            }
            if what != "收入" {
                wanted.push(spent);
            }
            let Some(found) = amount(report, &wanted, &c[1]) else { continue };
            let words = whole.as_str();
            out.report(
                p.folded.span(whole.range()),
                Bilingual::new(
                    format!("文字称“{words}”，另一处“{}”为 {}", found.label, found.value.show()),
                    format!("the text says {words}, but {} is {}", found.label, found.value.show()),
                ),
                Bilingual::new("核对有无，改正其中一处。", "Check whether there was any, and correct one of the two."),
            )
            .against(found.span)
            .numbers("无", found.value.show());
        }
    }
}

/// A fact of this year that states an amount of one of the measures, or of the fund by its bare name.
fn amount<'r>(report: &'r Report, wanted: &[Measure], fund: &str) -> Option<&'r Fact> {
    let named = |f: &Fact| f.measure.is_none() && f.place == Place::Prose && matches!(fund, "政府性基金" | "国有资本经营") && f.label.ends_with(fund);
    report.facts.iter().find(|f| {
        (f.measure.is_some_and(|m| wanted.contains(&m)) || named(f))
            && f.aspect == Aspect::Actual
            && f.direction.is_none()
            && f.value.is_money()
            && f.scope.is_empty()
            && f.year == report.identity.fiscal_year
            && !f.value.printed.is_zero()
    })
}

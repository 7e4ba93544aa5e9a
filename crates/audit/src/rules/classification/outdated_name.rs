//! C0805: a name that the classification of the year no longer has.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_facts::{Report, Role};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;
use serde::Deserialize;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0805",
    name: "outdated-name",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "使用了已改名的科目", en: "A name that the classification no longer has" },
    why: Fixed {
        zh: "政府收支分类科目逐年修订；报告应使用当年的科目名称。",
        en: "The classification changes from year to year; a report uses the names of its own year.",
    },
    source: "TX-5, FD-14",
    check,
};

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    name: Vec<Name>,
}

/// A replaced name.
#[derive(Debug, Deserialize)]
struct Name {
    old: String,
    new: String,
    last: u16,
    sure: bool,
    /// What follows the name in running text; anything when empty.
    after: Vec<String>,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| toml::from_str::<File>(include_str!("../../../data/outdated-names.toml")).unwrap_or_default().name);

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let Some(year) = report.identity.fiscal_year else {
        out.lack();
        return;
    };
    let mut taken: Vec<Span> = Vec::new();
    for name in NAMES.iter().filter(|n| n.last < year) {
        out.judge();
        let places: Vec<Span> = places(report, name).into_iter().filter(|p| !taken.iter().any(|t| t.overlaps(*p))).collect();
        taken.extend(&places);
        let Some(first) = places.first() else { continue };
        let (old, new, last) = (&name.old, &name.new, name.last);
        out.report_at(
            if name.sure { Level::Warning } else { Level::Info },
            *first,
            Bilingual::new(
                format!("“{old}”只用到 {last} 年，{year} 年的名称是“{new}”"),
                format!("{old} was used up to {last}; in {year} the name is {new}"),
            ),
            Bilingual::new("改用当年政府收支分类科目的名称。", "Use the name of the year's classification."),
        )
        .against_all(places.iter().skip(1).take(4).copied())
        .numbers(old.as_str(), new.as_str());
    }
}

fn places(report: &Report, name: &Name) -> Vec<Span> {
    let mut found: Vec<Span> = report.tables.iter().flat_map(|t| &t.rows).filter(|r| r.label == name.old).filter_map(|r| r.label_span).collect();
    for p in report.paragraphs.iter().filter(|p| !matches!(p.role, Role::Contents)) {
        let text = p.folded.text();
        for (at, _) in text.match_indices(name.old.as_str()) {
            let end = at + name.old.len();
            let follows = name.after.is_empty() || name.after.iter().any(|a| text[end..].starts_with(a.as_str())) || text[end..].starts_with(|c: char| c.is_ascii_digit());
            if follows {
                found.push(p.folded.span(at..end));
            }
        }
    }
    found.sort_unstable();
    found
}

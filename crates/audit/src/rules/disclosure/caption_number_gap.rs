//! D0608: the numbers of the figures have a gap.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "D0608",
    name: "caption-number-gap",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "图号不连续", en: "The numbers of the figures have a gap" },
    why: Fixed {
        zh: "图号应顺次排列；缺号多是图没有放进来。",
        en: "Figures are numbered in order; a gap mostly means that one was left out.",
    },
    source: "FD-11",
    check,
};

static FIGURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"图(\d{1,2})[：:、]").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let mut found = BTreeMap::new();
    for folded in cx.printed() {
        for c in FIGURE.captures_iter(folded.text()) {
            if let (Some(all), Ok(n)) = (c.get(0), c[1].parse::<u32>()) {
                found.entry(n).or_insert_with(|| folded.span(all.range()));
            }
        }
    }
    if found.len() < 3 {
        return;
    }
    out.judge();
    let numbers: Vec<u32> = found.keys().copied().collect();
    for pair in numbers.windows(2) {
        if pair[1] > pair[0] + 1 {
            out.report(
                found[&pair[1]],
                Bilingual::new(format!("图{}之后是图{}", pair[0], pair[1]), format!("figure {} is followed by figure {}", pair[0], pair[1])),
                Bilingual::new("请补上缺少的图，或顺次改正图号。", "Add the missing figure or renumber."),
            )
            .against(found[&pair[0]]);
        }
    }
}

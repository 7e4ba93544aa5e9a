//! R0213: one piece of work dated with two years.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::{Folded, Span};
use regex::Regex;

use super::passage::{common_start, han};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0213",
    name: "occasion-year-stated-differently",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "同一工作的年度前后不一致", en: "One piece of work dated with two years" },
    why: Fixed {
        zh: "同一考核、评选一处写2019年度，一处写2018年度，应核对是哪一年度。",
        en: "One assessment is said to be of two different years.",
    },
    source: "TX-1, 3.9",
    check,
};

/// Characters after the year that two mentions must share.
const SHARED_MIN: usize = 7;
/// Characters that are enough although both mentions go on differently.
const SHARED_LONG: usize = 14;

static MENTION: LazyLock<Regex> = LazyLock::new(|| Regex::new("(?P<verb>开展|组织|完成|实施|举办|评选|承办)(?P<year>20\\d\\d)年度?(?P<what>[^，。；：]{8,40})").expect("a constant pattern"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let folded = Folded::new(&cx.report.text, 0);
    let text = folded.text();
    let mut seen: Vec<(String, String, String, Span)> = Vec::new();
    for c in MENTION.captures_iter(text) {
        let (verb, year, what) = (c["verb"].to_owned(), c["year"].to_owned(), c["what"].to_owned());
        let span = folded.span(c.get(0).map_or(0..0, |m| m.start()..c.name("year").map_or(m.start(), |y| y.end()) + common_tail(&what)));
        for (v, y, w, first) in &seen {
            let common = han(common_start(w, &what));
            // 项目验收, 项目申报: the years of two steps may differ.
            let whole = common >= SHARED_LONG || same_step(w, &what);
            if *v != verb || common < SHARED_MIN || !whole {
                continue;
            }
            out.judge();
            if *y == year {
                continue;
            }
            out.report(
                span,
                Bilingual::new(format!("“{verb}{year}年度…”别处写“{verb}{y}年度…”"), format!("said to be of {year} here and of {y} elsewhere")),
                Bilingual::new("核对是哪一年度的工作。", "Check which year it was."),
            )
            .against(*first)
            .numbers(year.clone(), y.clone());
        }
        seen.push((verb, year, what, span));
    }
}

/// Whether what follows the common words is one step: 考核 and 年度考核工作, but not 验收 and 申报.
fn same_step(a: &str, b: &str) -> bool {
    let start = common_start(a, b).len();
    let step = |s: &str| s.get(start..).unwrap_or("").trim_start_matches("年度").trim_end_matches("工作").to_owned();
    let (x, y) = (step(a), step(b));
    x.starts_with(&y) || y.starts_with(&x)
}

/// Bytes of the words that name the work, at most twelve characters.
fn common_tail(what: &str) -> usize {
    let year_mark = '年'.len_utf8();
    what.char_indices().nth(12).map_or(what.len(), |(i, _)| i) + year_mark
}

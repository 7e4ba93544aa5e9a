//! P0303: a period ends before it begins.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "P0303",
    name: "range-reversed",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "起止时间颠倒", en: "A period ends before it begins" },
    why: Fixed {
        zh: "截止时间早于开始时间，必有一个写错。",
        en: "The end lies before the start: one of them is wrong.",
    },
    source: "TX-10",
    check,
};

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(20\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(?:起)?(?:至|到|—+|-+|~|－)(?:(20\d{2})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for c in RANGE.captures_iter(text) {
            let n = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
            let (Some(all), Some(from_year)) = (c.get(0), n(1)) else { continue };
            if n(4).is_none() && n(5).is_none() && n(6).is_none() {
                continue;
            }
            // Parts that only one side gives cannot be compared.
            let to_year = n(4).unwrap_or(from_year);
            let from_month = n(2);
            let to_month = n(5).or(if n(4).is_none() { from_month } else { None });
            let months = from_month.zip(to_month);
            let days = n(3).zip(n(6));
            out.judge();
            let reversed = to_year < from_year
                || (to_year == from_year && months.is_some_and(|(a, b)| b < a))
                || (to_year == from_year && months.is_some_and(|(a, b)| a == b) && days.is_some_and(|(a, b)| b < a));
            // 2021年11月至3月 may run into the next year.
            let open = n(4).is_none() && to_month < from_month;
            if reversed && !open {
                out.report(
                    p.folded.span(all.range()),
                    Bilingual::new(format!("“{}”的截止时间早于开始时间", all.as_str()), format!("{} ends before it begins", all.as_str())),
                    Bilingual::new("请核对起止时间。", "Check both dates."),
                );
            }
        }
    }
}

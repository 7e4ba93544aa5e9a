//! P0301: a date that does not exist.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "P0301",
    name: "impossible-date",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "日期不存在", en: "A date that does not exist" },
    why: Fixed {
        zh: "2月没有30日，11月没有31日；写错的日期使时间无从核实。",
        en: "February has no 30th and November no 31st; a wrong date cannot be checked.",
    },
    source: "TX-10",
    check,
};

static DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日").expect("checked by the specs"));
static MONTH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:19|20)\d{2}年(?:1[3-9]|[2-9]\d|0|00)月").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for c in DATE.captures_iter(text) {
            let (Some(all), Ok(month), Ok(day)) = (c.get(0), c[2].parse::<u32>(), c[3].parse::<u32>()) else { continue };
            let year = c.get(1).and_then(|y| y.as_str().parse::<u32>().ok());
            out.judge();
            let last = days(year, month);
            if (1..=last).contains(&day) {
                continue;
            }
            let (zh, en) = match last {
                0 => (format!("没有 {month} 月"), format!("there is no month {month}")),
                _ => (format!("{month} 月只有 {last} 天"), format!("month {month} has {last} days")),
            };
            report(p.folded.span(all.range()), all.as_str(), &zh, &en, out);
        }
        for m in MONTH.find_iter(text).filter(|m| !DATE.captures_iter(text).filter_map(|c| c.get(0)).any(|d| d.start() <= m.start() && m.end() <= d.end())) {
            out.judge();
            report(p.folded.span(m.range()), m.as_str(), "没有这个月份", "there is no such month", out);
        }
    }
}

fn report(span: keqiao_source::Span, date: &str, zh: &str, en: &str, out: &mut Sink) {
    out.report(
        span,
        Bilingual::new(format!("“{date}”不存在：{zh}"), format!("{date} does not exist: {en}")),
        Bilingual::new("请核对日期。", "Check the date."),
    );
}

/// Days of a month; 29 for a February whose year is not given.
fn days(year: Option<u32>, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => {
            let leap = year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
            if leap { 29 } else { 28 }
        }
        _ => 0,
    }
}

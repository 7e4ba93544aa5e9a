//! D0612: the kinds of units do not add up to their number.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0612",
    name: "subordinate-kinds-differ",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "下属单位总数与分类不符", en: "The kinds of units do not add up to their number" },
    why: Fixed {
        zh: "下属单位按行政、参公、其他事业单位分列，各类之和应等于总数。",
        en: "Subordinate units are given by kind; the kinds must add up to the total.",
    },
    source: "TX-8",
    check,
};

static UNITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"下属[^，。；：]{0,10}单位(?:共|有)?(\d{1,2})个[，（]其中：?([^。；]{6,90}?\d个[^。；]{0,2})").expect("checked by the specs")
});

static KIND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"([^，、（）]{2,18}?单位)(\d{1,2})个").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for c in UNITS.captures_iter(text) {
            let (Some(all), Some(list), Ok(total)) = (c.get(0), c.get(2), c[1].parse::<u32>()) else { continue };
            let kinds: Vec<(String, u32)> =
                KIND.captures_iter(list.as_str()).filter_map(|k| Some((k[1].to_owned(), k[2].parse().ok()?))).collect();
            if kinds.is_empty() {
                continue;
            }
            out.judge();
            let sum: u32 = kinds.iter().map(|k| k.1).sum();
            // Only when every kind is named must they add up; one kind alone may not exceed the whole.
            let complete = kinds.iter().any(|k| k.0.contains("其他")) && kinds.iter().any(|k| k.0.contains("行政") || k.0.contains("参照") || k.0.contains("参公"));
            let nested = kinds.iter().any(|k| k.0 == "事业单位" || k.0.starts_with("公益"));
            let wrong = if complete && !nested { sum != total } else { kinds.iter().any(|k| k.1 > total) };
            if wrong {
                out.report(
                    p.folded.span(all.start()..all.start() + all.as_str().trim_end_matches(['，', '（', '、']).len()),
                    Bilingual::new(format!("下属单位 {total} 个，分类合计 {sum} 个"), format!("{total} units are stated, the kinds add up to {sum}")),
                    Bilingual::new("请核对单位数量。", "Check the numbers of units."),
                )
                .numbers(total.to_string(), sum.to_string());
            }
        }
    }
}

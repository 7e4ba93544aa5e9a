//! X0711: a negative number after a word of decrease.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0711",
    name: "negative-decrease",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "“减少”后写负数", en: "A negative number after a word of decrease" },
    why: Fixed {
        zh: "“减少”“下降”已说明方向，后面写绝对值；再加负号，意思就成了增加。",
        en: "减少 already says which way; a minus after it turns the meaning round.",
    },
    source: "3.8",
    check,
};

static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(减少|下降|降低|增加|增长|提高)了?(?:约)?(-\d[\d,]*(?:\.\d+)?(?:万元|元|%|个百分点)?)").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for c in SIGNED.captures_iter(text) {
            let (Some(all), Some(number)) = (c.get(0), c.get(2)) else { continue };
            out.judge();
            let down = matches!(&c[1], "减少" | "下降" | "降低");
            out.report_at(
                if down { Level::Warning } else { Level::Info },
                p.folded.span(all.range()),
                Bilingual::new(format!("“{}”后面写了负数 {}", &c[1], number.as_str()), format!("{} is followed by the negative number {}", &c[1], number.as_str())),
                Bilingual::new("请写绝对值，方向由“增加”“减少”表示。", "Write the absolute value; the word says which way."),
            );
        }
    }
}

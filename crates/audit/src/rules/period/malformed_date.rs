//! P0302: a malformed date.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "P0302",
    name: "malformed-date",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "日期不完整", en: "A malformed date" },
    why: Fixed {
        zh: "“12月3前”缺“日”，也可能是“30日”漏写了数字。",
        en: "12月3前 lacks 日, and may be meant for the 30th.",
    },
    source: "TX-10",
    check,
};

static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}(?:前|底|之前|以前|起)|(?:19|20)\d{2}年\d{1,2}月\d{1,2}(?:[，。；）]|$)|(?:19|20)\d{2}年\d{1,2}日").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        out.judge();
        for m in BROKEN.find_iter(text) {
            let date = m.as_str().trim_end_matches(['，', '。', '；', '）']);
            out.report(
                p.folded.span(m.start()..m.start() + date.len()),
                Bilingual::new(format!("日期“{date}”不完整"), format!("the date {date} is malformed")),
                Bilingual::new("请写明年月日。", "Write year, month and day."),
            );
        }
    }
}

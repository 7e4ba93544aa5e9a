//! X0709: an amount without its unit.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0709",
    name: "amount-without-unit",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "金额没有单位", en: "An amount without its unit" },
    why: Fixed {
        zh: "正文里的金额不写单位，读者无从知道是元还是万元；只写“万”的作为提示。",
        en: "An amount in running text without its unit leaves open whether 元 or 万元 is meant. 万 without 元 is only noted.",
    },
    source: "TX-16",
    check,
};

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:支出|收入|决算数?|预算数?|金额|经费|拨款|总计|合计|总额)(?:均?为|共计|计)(\d[\d,]*\.\d{2})[，。；]").expect("checked by the specs")
});

static WAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:支出|收入|经费|资金|金额|拨款|预算|决算|补助)(?:为|共计|约|共)?(\d[\d,]*(?:\.\d+)?万)(?:[，。；、（）]|$)").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        if text.contains("单位：") {
            continue;
        }
        for (found, level, zh, en) in [
            (&BARE, Level::Warning, "没有单位", "has no unit"),
            (&WAN, Level::Info, "只写“万”，没有写“元”", "says 万 but not 元"),
        ] {
            for m in found.captures_iter(text).filter_map(|c| c.get(1)) {
                out.judge();
                out.report_at(
                    level,
                    p.folded.span(m.range()),
                    Bilingual::new(format!("金额 {} {zh}", m.as_str()), format!("the amount {} {en}", m.as_str())),
                    Bilingual::new("请补上“元”或“万元”。", "Add 元 or 万元."),
                );
            }
        }
    }
}

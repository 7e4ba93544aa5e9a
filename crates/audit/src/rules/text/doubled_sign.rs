//! X0704: two signs where one belongs.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0704",
    name: "doubled-sign",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "标点重复或冲突", en: "Two signs where one belongs" },
    why: Fixed {
        zh: "连用两个逗号、分号或前后冲突的标点（“，。”）是修改时留下的痕迹。",
        en: "Two commas in a row, or a comma and a full stop, are left over from editing.",
    },
    source: "TX-11",
    check,
};

static SIGNS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[，。；：、！？]{2,}").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        out.judge();
        for m in SIGNS.find_iter(text) {
            let signs = m.as_str();
            // 。。。 and 、、、 stand for an omission; ！！ and ？！ are meant.
            if signs.chars().count() > 2 || signs.contains(['！', '？']) {
                continue;
            }
            let level = if matches!(signs, "，，" | "，。" | "。，" | "、，" | "、。" | "、、") { Level::Warning } else { Level::Info };
            out.report_at(
                level,
                p.folded.span(m.range()),
                Bilingual::new(format!("标点“{signs}”连用"), format!("two signs in a row: {signs}")),
                Bilingual::new("请只留一个标点。", "Keep one of the two."),
            );
        }
    }
}

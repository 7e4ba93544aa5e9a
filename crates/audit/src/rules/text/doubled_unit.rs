//! X0708: a unit is printed twice.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "X0708",
    name: "doubled-unit",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "单位重复", en: "A unit is printed twice" },
    why: Fixed {
        zh: "“万元元”“%%”使数字的单位不明。",
        en: "A unit written twice leaves open which one is meant.",
    },
    source: "TX-16",
    check,
};

static UNITS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d(万元万元|万元元|亿元元|元元|万万元|万元亿元|%%|人人次|个个百分点)").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for folded in cx.printed() {
        let text = folded.text();
        out.judge();
        for m in UNITS.captures_iter(text).filter_map(|c| c.get(1)) {
            out.report(
                folded.span(m.range()),
                Bilingual::new(format!("单位“{}”重复", m.as_str()), format!("the unit is printed twice: {}", m.as_str())),
                Bilingual::new("请只留一个单位，并核对金额。", "Keep one unit and check the amount."),
            );
        }
    }
}

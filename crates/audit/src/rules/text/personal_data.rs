//! X0712: personal data in a public document.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0712",
    name: "personal-data",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "公开文件中有个人信息", en: "Personal data in a public document" },
    why: Fixed {
        zh: "公开的报告里不应有个人手机号、身份证号；经办人的姓名连同电话也应隐去。",
        en: "A published report must not show private mobile or identity numbers; the name of a clerk with a telephone number should be left out too.",
    },
    source: "TX-21",
    check,
};

static MOBILE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"1[3-9]\d{9}").expect("checked by the specs"));
static IDENTITY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]").expect("checked by the specs"));
static CLERK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:联系人|填报人|填表人|经办人|制表人)：?[一-龥]{2,4}(?:，|；|、|（)?(?:联系)?(?:电话|方式|手机)?：?(0\d{2,3}-?\d{7,8})").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for folded in cx.printed() {
        let text = folded.text();
        out.judge();
        for (found, group, zh, en) in
            [(&MOBILE, 0, "手机号码", "a mobile number"), (&IDENTITY, 0, "身份证号码", "an identity number"), (&CLERK, 1, "经办人的姓名和电话", "a clerk's name and telephone")]
        {
            for m in found.captures_iter(text).filter_map(|c| c.get(group)) {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
                if digit(words::before(text, m.start())) || digit(words::after(text, m.end())) {
                    continue;
                }
                out.report(
                    folded.span(m.range()),
                    Bilingual::new(format!("公开的文件里有{zh}"), format!("the public document shows {en}")),
                    Bilingual::new("请隐去，或改为单位的公开电话。", "Remove it, or give the office's public number."),
                );
            }
        }
    }
}

//! C0804: a class number called a group, or a group number called an item.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use super::mentions::prose;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "C0804",
    name: "code-at-wrong-level",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "类、款、项编码错位", en: "A code called by the wrong level" },
    why: Fixed {
        zh: "三位数是类的编码，其后两位是款，再后两位是项；把类的编码写成款、款的编码写成项，读者查不到科目。",
        en: "Three digits are a class, the next two a group, the last two an item; shifted by one they lead nowhere.",
    },
    source: "TX-4",
    check,
};

static SHIFTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:^|[^\d])(2\d{2}(?:（款）|款|（项）|项)(?:（?\d{2}(?:（项）|项|（目）))?)").expect("a constant pattern"));
static LEVELLED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d{2,7}(?:（[类款项]）|[类款项])").expect("a constant pattern"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let mut places = Vec::new();
    for p in prose(cx.report) {
        let text = p.folded.text();
        if !LEVELLED.is_match(text) {
            continue;
        }
        out.judge();
        // 200项 is a number of things: only brackets around the level make a code certain.
        let shifted = SHIFTED.captures_iter(text).filter_map(|c| c.get(1)).filter(|m| m.as_str().contains('（'));
        places.extend(shifted.map(|m| (p.folded.span(m.range()), m.as_str())));
    }
    // The whole report is written one way: one finding, with all its places.
    let Some(&(first, stated)) = places.first() else { return };
    let code = &stated[..3];
    out.report(
        first,
        Bilingual::new(format!("“{stated}”：{code} 是类的编码，不是款或项"), format!("{stated}: {code} is the code of a class")),
        Bilingual::new("写成类、款、项各自的编码和名称，如“206（类）07（款）02（项）”。", "Give class, group and item each with its own code and name."),
    )
    .against_all(places.iter().skip(1).take(9).map(|p| p.0))
    .numbers(stated, format!("{code}（类）"));
}

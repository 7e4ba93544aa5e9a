//! D0615: an annex is named in two ways.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0615",
    name: "annex-title-differs",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "附件名称前后不一", en: "An annex is named in two ways" },
    why: Fixed {
        zh: "正文引用的附件名称与附件本身的标题不同，读者难以确认是不是同一份。",
        en: "Where the text names an annex otherwise than its own title, a reader cannot be sure that it is the same.",
    },
    source: "TX-19",
    check,
};

static CITED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"《([^《》]{8,50}(?:报告|表))》(?:[（(][^（）]{0,12}[）)])?(?:详)?见附[件表]").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for p in words::paragraphs(report) {
        for cited in CITED.captures_iter(p.folded.text()).filter_map(|c| c.get(1)) {
            let name = cited.as_str();
            out.judge();
            let annexes = report.sections.iter().filter(|s| s.attachment && s.level == 1 && s.title.chars().count() >= 8);
            if annexes.clone().any(|s| s.title == name || s.title.contains(name)) {
                continue;
            }
            let Some(near) = annexes.max_by_key(|s| likeness(&s.title, name)).filter(|s| likeness(&s.title, name) >= 80) else { continue };
            out.report(
                p.folded.span(cited.range()),
                Bilingual::new(format!("正文称“{name}”，附件标题为“{}”", near.title), format!("the text says “{name}”, the annex is titled “{}”", near.title)),
                Bilingual::new("请统一名称。", "Use one name."),
            )
            .against(near.span);
        }
    }
}

/// Shared characters in percent of the longer title.
fn likeness(a: &str, b: &str) -> usize {
    let longer = a.chars().count().max(b.chars().count()).max(1);
    let mut rest: Vec<char> = b.chars().collect();
    let shared = a.chars().filter(|c| rest.iter().position(|r| r == c).map(|i| rest.swap_remove(i)).is_some()).count();
    shared * 100 / longer
}

//! D0614: a visitor is named in the receptions.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0614",
    name: "visitor-named",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "公务接待写出来访人姓名", en: "A visitor is named in the receptions" },
    why: Fixed {
        zh: "公开公务接待时写明批次、人次和事由即可，来访者姓名不必公开。",
        en: "Receptions are disclosed by number and purpose; the names of visitors need not be published.",
    },
    source: "TX-21",
    check,
};

static VISITOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"接待了?[^，。；、]{0,14}?(?:主席|书记|主任|局长|部长|院士|教授|处长|科长|会长)[一-龥]{2,3}(?:同志)?(?:一行|等\d)").expect("checked by the specs")
});

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        if !text.contains("接待") {
            continue;
        }
        out.judge();
        for m in VISITOR.find_iter(text) {
            out.report(
                p.folded.span(m.range()),
                Bilingual::new("公务接待写出了来访人姓名", "a visitor is named"),
                Bilingual::new("请只写单位和事由。", "Give the body and the purpose only."),
            );
        }
    }
}

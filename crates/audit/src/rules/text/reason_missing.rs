//! X0713: the reason is announced but not given.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0713",
    name: "reason-missing",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "“主要原因”后没有内容", en: "The reason is announced but not given" },
    why: Fixed {
        zh: "写了“主要原因是”却没有写原因，多是范本的空没有填。",
        en: "主要原因是 without a reason is mostly a blank of the template that nobody filled in.",
    },
    source: "FD-12",
    check,
};

static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:主要(?:变动|增减|变化)?原因|变动原因)(?:是|为|：|是：|为：|如下：)?[。；，](?:\D|$)").expect("checked by the specs")
});

static DANGLING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"主要(?:变动|增减|变化)?原因(?:是|为)?：?$").expect("checked by the specs"));

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        if !text.contains("原因") || p.role == keqiao_facts::Role::Heading {
            continue;
        }
        out.judge();
        for m in EMPTY.find_iter(text) {
            // 分析了主要原因。 is a sentence of its own.
            let verb = ["分析", "查找", "说明", "列明", "找出", "剖析", "了", "出", "的", "及"].iter().any(|w| text[..m.start()].ends_with(w));
            let said = m.as_str().contains(['是', '为', '：']);
            if !said && (verb || m.as_str().contains('，')) {
                continue;
            }
            let end = m.as_str().find(['。', '；', '，']).map_or(m.end(), |i| m.start() + i + 3);
            out.report(
                p.folded.span(m.start()..end),
                Bilingual::new("只写了“主要原因”，没有写原因", "a reason is announced but none is given"),
                Bilingual::new("请写明增减的具体原因。", "Say what the reason is."),
            );
        }
        if let Some(m) = DANGLING.find(text).filter(|m| m.as_str().ends_with(['是', '为', '：'])) {
            out.report_at(
                Level::Info,
                p.folded.span(m.range()),
                Bilingual::new("“主要原因”后断开，原因写到了下一段", "the paragraph breaks after 主要原因"),
                Bilingual::new("请把原因接在同一段里。", "Put the reason into the same paragraph."),
            );
        }
    }
}

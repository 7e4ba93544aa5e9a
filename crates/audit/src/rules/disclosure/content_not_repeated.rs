//! D0611: “同上” instead of content.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "D0611",
    name: "content-left-as-ditto",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "以“同上”代替内容", en: "“同上” instead of content" },
    why: Fixed {
        zh: "附件单独公开时，“同上”没有所指。",
        en: "An annex may be read alone; “same as above” then points at nothing.",
    },
    source: "TX-19",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        let said = ["同上", "略", "见上", "同前", "详见上文", "见前文"].iter().find(|w| text.trim_end_matches(['。', '）']).trim_start_matches('（') == **w);
        if let Some(word) = said {
            out.judge();
            out.report(
                p.span,
                Bilingual::new(format!("以“{word}”代替内容"), format!("“{word}” stands instead of the content")),
                Bilingual::new("请写出内容，或指明章节。", "Write the content or name the chapter."),
            );
        }
    }
}

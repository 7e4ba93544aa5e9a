//! X0714: the reason points the other way.

use std::sync::LazyLock;

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use regex::Regex;

use crate::{Context, Rule, Sink, words};

pub(super) static RULE: Rule = Rule {
    code: "X0714",
    name: "reason-contradicts-change",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "原因与增减方向相反", en: "The reason points the other way" },
    why: Fixed {
        zh: "支出增加，原因却只说压减、节约，增减方向与原因必有一处写错。",
        en: "An expenditure that rises because of savings: either the direction or the reason is wrong.",
    },
    source: "FD-12",
    check,
};

static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(增加|增长|上升)了?(?:约)?\d[\d,]*(?:\.\d+)?(?:万元|%)(?:，增长\d[\d.]*%)?[，。；](?:其?主要(?:变动|增减)?原因(?:是|为|：|是：))([^。；]{2,60})")
        .expect("checked by the specs")
});

const SAVING: &[&str] = &["厉行节约", "压减", "压缩", "严格控制", "从严控制", "缩减", "节约开支", "过紧日子", "严格车辆管理", "严控", "减少"];
const RISING: &[&str] = &["增", "新", "上涨", "补发", "提高", "追加", "上调", "恢复", "上年", "去年", "因为", "但", "不再", "扩大", "调整", "结转", "购"];

fn check(cx: &Context<'_>, out: &mut Sink) {
    for p in words::paragraphs(cx.report) {
        let text = p.folded.text();
        for c in CHANGE.captures_iter(text) {
            let (Some(word), Some(reason)) = (c.get(1), c.get(2)) else { continue };
            out.judge();
            // A rising balance, or a smaller loss, may well come from savings.
            let clause = &text[text[..word.start()].rfind('。').map_or(0, |i| i + 3)..word.start()];
            let other = ["结转", "结余", "收入", "率", "百分点"].iter().any(|w| clause.contains(w));
            let only_saving = SAVING.iter().any(|w| reason.as_str().contains(w)) && !RISING.iter().any(|w| reason.as_str().contains(w));
            // After a list of changes the reason is one for all of them together.
            let listed = clause.contains('；');
            if other || listed || !only_saving {
                continue;
            }
            out.report(
                p.folded.span(reason.range()),
                Bilingual::new(
                    format!("支出“{}”，原因却是“{}”", word.as_str(), words::head(reason.as_str(), 20)),
                    format!("the expenditure rises, yet the reason is one for a fall: {}", words::head(reason.as_str(), 20)),
                ),
                Bilingual::new("请核对增减方向和原因。", "Check the direction and the reason."),
            )
            .against(p.folded.span(word.range()));
        }
    }
}

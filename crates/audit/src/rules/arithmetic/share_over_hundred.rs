//! A0115: a share of more than 100 %.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Decimal;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0115",
    name: "share-over-hundred",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "占比超过 100%", en: "A share of more than 100 %" },
    why: Fixed {
        zh: "部分不会大于总体，占比不会超过 100%。",
        en: "No part is greater than its whole.",
    },
    source: "3.6",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for share in &report.relations.shares {
        let percent = report.fact(share.percent);
        out.judge();
        // 占任务数的130%, 占上年的108%: compared with what can be exceeded.
        let words = report.words(percent.clause);
        if percent.value.interval().low <= Decimal::ONE_HUNDRED || ["任务", "计划", "目标", "预算", "上年", "去年", "同期", "指标", "应"].iter().any(|w| words.contains(w)) {
            continue;
        }
        out.report(
            percent.clause,
            Bilingual::new(format!("占比 {}% 超过 100%", percent.value.printed), format!("a share of {}% is more than 100%", percent.value.printed)),
            Bilingual::new("核对部分与总体，或看是否应写“完成”“增长”。", "Check part and whole, or see whether completion or growth was meant."),
        )
        .against(report.fact(share.part).span)
        .numbers(format!("{}%", percent.value.printed), "≤ 100%");
    }
}

//! A0118: problems found that are not the rectified and the pending together.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::Kind;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0118",
    name: "rectified-differ-from-problems",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "发现问题数与整改数不符", en: "Problems found that are not rectified plus pending" },
    why: Fixed {
        zh: "发现问题 = 已整改 + 正在整改。",
        en: "Problems found are those rectified and those being rectified.",
    },
    source: "PR-3, CK-22",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for w in report.facts.windows(3) {
        let [found, done, doing] = w else { continue };
        let counts = w.iter().all(|f| f.value.kind() == Kind::Count && f.paragraph == found.paragraph);
        let words = found.label.contains("问题") && done.label.contains("整改") && (doing.label.contains("正在整改") || doing.label.contains("未整改") || doing.label.contains("未完成整改"));
        if !counts || !words || done.label.contains("正在") {
            continue;
        }
        out.judge();
        let sum = done.value.printed.value() + doing.value.printed.value();
        if sum == found.value.printed.value() {
            continue;
        }
        out.report(
            found.clause,
            Bilingual::new(
                format!("发现问题 {}，已整改与正在整改之和为 {sum}", found.value.show()),
                format!("{} problems found, rectified and pending make {sum}", found.value.show()),
            ),
            Bilingual::new("核对问题台账。", "Check the ledger of problems."),
        )
        .against(done.clause)
        .against(doing.clause)
        .numbers(found.value.show(), crate::show(sum));
    }
}

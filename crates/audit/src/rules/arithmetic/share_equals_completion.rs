//! A0102: a completion rate written as a share.

use keqiao_diag::Level;
use keqiao_facts::{Report, Share, Whole};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{quotient_percent, share_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0102",
    name: "share-is-completion",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "把预算完成率写成了占比", en: "A completion rate written as a share" },
    why: Fixed {
        zh: "“占”说的是部分与总体之比，“完成”说的是决算与预算之比；两个百分数相同而占比另算不同，说明抄错了列。",
        en: "A share compares a part with its whole, a completion compares the account with the budget. The same percent in both, where the share computes otherwise, was copied from the wrong column.",
    },
    source: "3.6",
    check,
};

/// The completion whose percent a wrong share repeats.
pub(super) fn copied_from<'r>(report: &'r Report, share: &Share) -> Option<&'r keqiao_facts::Completion> {
    let Whole::Fact(whole) = share.whole else { return None };
    let (part, whole, percent) = (report.fact(share.part), report.fact(whole), report.fact(share.percent));
    if part.value.unit != whole.value.unit || share_agrees(part.value.printed, whole.value.printed, percent.value.printed) {
        return None;
    }
    report.relations.completions.iter().find(|c| {
        c.percent.is_some_and(|p| report.fact(p).value.printed.value() == percent.value.printed.value())
            && c.actual.is_some_and(|a| report.fact(a).value.interval().meets(part.value.interval()))
    })
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for share in &report.relations.shares {
        let Whole::Fact(whole) = share.whole else { continue };
        out.judge();
        let Some(completion) = copied_from(report, share) else { continue };
        let (part, whole, percent) = (report.fact(share.part), report.fact(whole), report.fact(share.percent));
        let p = percent.value.printed;
        let Some(right) = quotient_percent(part.value.printed, whole.value.printed, p.decimals()) else { continue };
        out.report(
            percent.clause,
            Bilingual::new(
                format!("“占{p}%”是预算完成率，占比应为 {right}%：{} ÷ {}", part.value.show(), whole.value.show()),
                format!("“{p}%” is the budget's completion rate; the share is {right}%: {} ÷ {}", part.value.show(), whole.value.show()),
            ),
            Bilingual::new("改为占比，或把“占”改为“完成预算”。", "Write the share, or say completion instead of share."),
        )
        .against(part.span)
        .against_all(completion.percent.map(|c| report.fact(c).span))
        .against(whole.span)
        .numbers(format!("{p}%"), format!("{right}%"));
    }
}

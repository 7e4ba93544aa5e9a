//! A0101: a share that its part and whole cannot give.

use keqiao_diag::Level;
use keqiao_facts::{Report, Share, Whole};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, quotient_percent, share_agrees};

use super::share_equals_completion::copied_from;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0101",
    name: "share-differs-from-quotient",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "占比与金额不符", en: "A share that its part and whole cannot give" },
    why: Fixed {
        zh: "占比由部分除以总体得出；在四舍五入允许的范围内仍算不出所写百分数的，数字必有一处有误。",
        en: "A share is part divided by whole. Where no rounding of the two gives the printed percent, one of them is wrong.",
    },
    source: "3.2, 3.6",
    check,
};

/// Whether a share that does not name its whole is right of another whole of its paragraph (执行79.12万元，用于…；资料编印
/// 13.98万元，占17.67%).
fn is_of_another(report: &Report, share: &Share) -> bool {
    let (part, percent) = (report.fact(share.part), report.fact(share.percent));
    let words = report.words(percent.clause);
    let unnamed = words.trim_start_matches('占').starts_with(|c: char| c.is_ascii_digit() || matches!(c, '比' | '总' | '全'));
    unnamed
        && report.relations.breakdowns.iter().map(|b| report.fact(b.whole)).any(|w| {
            w.paragraph.is_some() && w.paragraph == part.paragraph && w.span.end <= part.span.start && w.value.unit == part.value.unit && share_agrees(part.value.printed, w.value.printed, percent.value.printed)
        })
}

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for share in &report.relations.shares {
        let Whole::Fact(whole) = share.whole else {
            out.lack();
            continue;
        };
        let (part, whole, percent) = (report.fact(share.part), report.fact(whole), report.fact(share.percent));
        if part.value.unit != whole.value.unit || whole.value.printed.is_zero() {
            out.lack();
            continue;
        }
        out.judge();
        let (a, b, p) = (part.value.printed, whole.value.printed, percent.value.printed);
        // A percent over 100 and a completion rate in the place of a share have rules of their own.
        if share_agrees(a, b, p) || p.value() > Decimal::ONE_HUNDRED || copied_from(report, share).is_some() {
            continue;
        }
        if is_of_another(report, share) {
            out.lack();
            continue;
        }
        let Some(right) = quotient_percent(a, b, p.decimals()) else { continue };
        let unit_in_last_place = p.half_unit() + p.half_unit();
        let slip = (right.value() - p.value()).abs() <= unit_in_last_place;
        out.report_at(
            if slip { Level::Warning } else { Level::Error },
            percent.clause,
            Bilingual::new(
                format!("占比应为 {right}%，文中写 {p}%：{} ÷ {}", part.value.show(), whole.value.show()),
                format!("the share is {right}%, not {p}%: {} ÷ {}", part.value.show(), whole.value.show()),
            ),
            Bilingual::new("请按部分÷总体重新计算，或核对两个金额。", "Divide part by whole again, or check the two amounts."),
        )
        .against(part.span)
        .against(whole.span)
        .numbers(format!("{p}%"), format!("{right}%"));
    }
}

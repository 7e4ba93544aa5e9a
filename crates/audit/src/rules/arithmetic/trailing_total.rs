//! A0123: a list whose closing total its members do not make.

use keqiao_diag::Level;
use keqiao_facts::Fact;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Kind, SumGap, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0123",
    name: "closing-total-differs-from-list",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "末尾合计与前列各项之和不符", en: "A closing total that the list before it does not make" },
    why: Fixed {
        zh: "“一等奖22项、二等奖46项、三等奖71项，合计149项”：合计应等于前列各项之和。",
        en: "“22 first, 46 second, 71 third prizes, 149 in all”: the total is what the list before it makes.",
    },
    source: "TX-18, 3.1",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for (i, total) in report.facts.iter().enumerate() {
        let label = total.label.trim_start_matches(['，', '、']);
        if !matches!(label, "合计" | "共计" | "总计" | "共") || total.paragraph.is_none() || total.value.approx || !matches!(total.value.kind(), Kind::Money | Kind::Count) {
            continue;
        }
        let parts = list_before(report, &report.facts[..i], total);
        if parts.len() < 2 {
            continue;
        }
        out.judge();
        let (sum, SumGap::Beyond(gap)) = sum_gap(total.value.printed, parts.iter().map(|p| p.value.printed)) else { continue };
        // A list that makes far less than its total leaves members out.
        if gap.abs() + gap.abs() > total.value.printed.value() {
            continue;
        }
        out.report(
            total.clause,
            Bilingual::new(
                format!("合计 {}，前列 {} 项之和为 {sum}", total.value.show(), parts.len()),
                format!("{} in all, but the {} members make {sum}", total.value.show(), parts.len()),
            ),
            Bilingual::new("核对各项与合计。", "Check the members and the total."),
        )
        .against_all(parts.iter().map(|p| p.clause))
        .numbers(total.value.show(), format!("{sum}{}", total.value.unit.name));
    }
}

/// The members of the list that the total closes: the numbers right before it in the same sentence, of its unit, joined
/// by 、 or ，.
fn list_before<'r>(report: &keqiao_facts::Report, before: &'r [Fact], total: &Fact) -> Vec<&'r Fact> {
    let mut parts: Vec<&Fact> = Vec::new();
    let mut end = total.span.start;
    for f in before.iter().rev() {
        let between = report.text.get(f.span.end as usize..end as usize).unwrap_or("。");
        let joined = matches!(between.trim(), "、" | "，" | "," | "和" | "，合计" | "，共计" | "，总计" | "，共" | "及" | "");
        if f.paragraph != total.paragraph || f.value.unit != total.value.unit || !joined || f.value.approx || f.direction.is_some() || f.value.per.is_some() {
            break;
        }
        parts.push(f);
        end = f.clause.start;
    }
    parts
}

//! A0114: shares of one whole that do not make 100 %.

use keqiao_diag::Level;
use keqiao_facts::Whole;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Printed, SumGap, share_agrees, sum_gap};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "A0114",
    name: "shares-missing-hundred",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "各项占比之和不为 100%", en: "Shares of one whole that do not make 100 %" },
    why: Fixed {
        zh: "列全了的各项占比之和应为 100%，差额超出四舍五入的，至少有一个占比有误。",
        en: "The shares of a complete list make 100 %; a gap beyond rounding means that one of them is wrong.",
    },
    source: "3.5",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for b in report.relations.breakdowns.iter().filter(|b| b.exhaustive && b.parts.len() > 1) {
        let shares: Vec<_> = b.parts.iter().filter_map(|p| report.relations.shares.iter().find(|s| s.part == *p)).collect();
        if shares.len() != b.parts.len() {
            continue;
        }
        // A share that is wrong by itself is A0101's; two reports of one slip help nobody.
        let wrong_alone = shares.iter().any(|s| match s.whole {
            Whole::Fact(w) => !share_agrees(report.fact(s.part).value.printed, report.fact(w).value.printed, report.fact(s.percent).value.printed),
            _ => false,
        });
        if wrong_alone {
            continue;
        }
        out.judge();
        let hundred = Printed::from_decimal(Decimal::ONE_HUNDRED);
        let percents: Vec<_> = shares.iter().map(|s| report.fact(s.percent)).collect();
        let (sum, gap) = sum_gap(hundred, percents.iter().map(|p| p.value.printed));
        // The whole is exactly 100: only the shares carry rounding.
        let slack: Decimal = percents.iter().map(|p| p.value.printed.half_unit()).sum();
        if !matches!(gap, SumGap::Beyond(_)) || (sum - Decimal::ONE_HUNDRED).abs() <= slack {
            continue;
        }
        let Some(first) = percents.first() else { continue };
        out.report(
            first.clause,
            Bilingual::new(format!("各项占比之和为 {sum}%，不是 100%"), format!("the shares make {sum}%, not 100%")),
            Bilingual::new("逐项重新计算占比。", "Compute every share again."),
        )
        .against_all(percents.iter().skip(1).map(|p| p.clause))
        .numbers(format!("{sum}%"), "100%");
    }
}

//! F0520: a total of funds that differs from its sources.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{FormAmounts, Value};
use keqiao_quantity::{SumGap, sum_gap};
use keqiao_source::Span;

use super::reading::title;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0520",
    name: "funds-differ-from-parts",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "资金总额不等于各来源之和", en: "A total of funds that differs from its sources" },
    why: Fixed {
        zh: "年度资金总额＝财政拨款＋上年结转＋其他资金，每一列都应成立。",
        en: "The total is the sum of fiscal money, carry-over and other funds, in every column.",
    },
    source: "PR-24",
    check,
};

type Side = fn(&FormAmounts) -> Option<&(Value, Span)>;

fn check(cx: &Context<'_>, out: &mut Sink) {
    for form in &cx.report.forms {
        let Some((total, parts)) = form.amounts.split_first() else { continue };
        // Rows under a source (其中：中央补助) would be counted twice.
        let known = |a: &FormAmounts| ["财政拨款", "上年结转", "其他资金", "其它资金", "自有资金", "单位资金"].iter().any(|w| a.label.contains(w));
        let mut labels: Vec<&str> = parts.iter().map(|p| p.label.as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        let whole = total.label.contains("总") || total.label.contains("合计");
        if parts.is_empty() || !whole || labels.len() != parts.len() || !parts.iter().all(known) || parts.iter().filter(|p| p.label.contains("财政")).count() != 1 {
            continue;
        }
        let sides: [(Side, &str); 3] = [(|a| a.initial.as_ref(), "年初预算数"), (|a| a.budget.as_ref(), "预算数"), (|a| a.executed.as_ref(), "执行数")];
        for (side, column) in sides {
            let Some(stated) = side(total) else { continue };
            let given: Vec<&(Value, Span)> = parts.iter().filter_map(side).collect();
            if given.is_empty() || given.iter().any(|g| g.0.unit != stated.0.unit) {
                out.lack();
                continue;
            }
            out.judge();
            let (sum, gap) = sum_gap(stated.0.printed, given.iter().map(|g| g.0.printed));
            let SumGap::Beyond(_) = gap else { continue };
            // Carry-over may stand inside the fiscal money.
            let fresh = parts.iter().filter(|p| !p.label.contains("结转")).filter_map(side).map(|g| g.0.printed);
            let nested = !matches!(sum_gap(stated.0.printed, fresh).1, SumGap::Beyond(_));
            let complete = given.len() == parts.len();
            if nested || (!complete && sum < stated.0.printed.value()) {
                continue;
            }
            out.report(
                stated.1,
                Bilingual::new(
                    format!("{}{column}：资金总额{}，各来源相加为{}", title(form), stated.0.printed, sum.normalize()),
                    format!("{} {column}: the total is {}, its sources add up to {}", title(form), stated.0.printed, sum.normalize()),
                ),
                Bilingual::new("请核对资金总额和各来源金额。", "Check the total and its sources."),
            )
            .against_all(given.iter().map(|g| g.1))
            .numbers(stated.0.printed.to_string(), sum.normalize().to_string());
        }
    }
}

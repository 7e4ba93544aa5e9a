//! F0530: forms that do not cover the project expenditure.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_facts::{Measure, Value};
use keqiao_quantity::{Decimal, Interval};
use keqiao_source::Span;

use super::reading::is_overall;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "F0530",
    name: "forms-missing-project-expenditure",
    level: Level::Info,
    since: "0.1.0",
    title: Fixed { zh: "自评表的执行数合计与项目支出不等", en: "Forms that do not cover the project expenditure" },
    why: Fixed {
        zh: "自评应覆盖全部项目支出；执行数合计与项目支出相差较大，说明有项目没有自评，或口径不同。",
        en: "Self-evaluation covers all project expenditure; a gap means a project without a form, or another scope.",
    },
    source: "TX-8",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let forms: Vec<_> = report.forms.iter().filter(|f| !is_overall(f)).collect();
    let executed: Vec<&(Value, Span)> = forms.iter().filter_map(|f| f.amounts.first()?.executed.as_ref()).collect();
    let stated = cx.index.of(report, Measure::ProjectExpenditure, report.year());
    let Some(whole) = stated.first() else { return };
    if executed.is_empty() || executed.len() != forms.len() {
        out.lack();
        return;
    }
    out.judge();
    let sum: Interval = executed.iter().map(|e| e.0.interval()).sum();
    let total = whole.value.interval();
    // One per cent is carry-over and rounding.
    let slack = total.middle() * Decimal::new(1, 2);
    if sum.low <= total.high + slack && total.low - slack <= sum.high {
        return;
    }
    let shown = (sum.middle() / Decimal::from(10_000)).round_dp(2).normalize();
    out.report(
        whole.span,
        Bilingual::new(
            format!("{}张自评表执行数合计{shown}万元，项目支出为{}", executed.len(), whole.value.show()),
            format!("the {} forms have executed {shown}万元 in all, the project expenditure is {}", executed.len(), whole.value.show()),
        ),
        Bilingual::new("请说明其余项目支出是否开展了自评。", "Say whether the rest was evaluated."),
    )
    .against_all(executed.iter().map(|e| e.1))
    .numbers(whole.value.show(), format!("{shown}万元"));
}

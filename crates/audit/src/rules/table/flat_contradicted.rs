//! T0421: a total said to be unchanged, although spending and carry-over of last year make another.

use keqiao_diag::Level;
use keqiao_facts::{Change, Direction, Fact, Measure, Place, PublicKind, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Interval, Printed};

use super::footing::pair;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "T0421",
    name: "unchanged-total-contradicted-by-carry-over",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "称总计持平，按上年支出和结转推算并不相等", en: "A total said to be unchanged that last year's figures contradict" },
    why: Fixed {
        zh: "上年总计等于上年支出加上年末结转（即本年年初结转）；文中和表中的数推出的上年总计与本年不等，就不能说持平。",
        en: "Last year's total is last year's spending plus this year's opening balance; where that differs, the total is not unchanged.",
    },
    source: "3.8, CK-17",
    check,
};

/// The total said to be flat, what was spent of it, and what was carried in.
const TOTALS: [(&[Measure], &[Measure], Measure); 2] = [
    (&[Measure::FiscalTotal, Measure::FiscalIncomeTotal, Measure::FiscalExpenditureTotal], &[Measure::FiscalExpenditure, Measure::GeneralExpenditure], Measure::FiscalCarryIn),
    (&[Measure::Total, Measure::IncomeTotal, Measure::ExpenditureTotal], &[Measure::YearExpenditure], Measure::CarryIn),
];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for change in report.relations.changes.iter().filter(|c| c.direction == Direction::Flat) {
        let Some((totals, spent, carry)) = TOTALS.iter().find(|t| change.measure.is_some_and(|m| t.0.contains(&m))) else { continue };
        let fiscal = *carry == Measure::FiscalCarryIn;
        let total = table_fact(report, totals[0]);
        let opening = table_fact(report, *carry);
        let spending = report.relations.changes.iter().find_map(|c| base_of(report, c, spent));
        let (Some(total), Some(opening), Some((base, used))) = (total, opening, spending) else {
            out.lack();
            continue;
        };
        // With other funds beside the general budget the spending of last year is not known in full.
        if fiscal && other_funds(report) {
            out.lack();
            continue;
        }
        out.judge();
        let last = base + opening.value.interval();
        let now = total.value.interval();
        // Funds that ended last year could only make last year's total larger, never smaller.
        if last.low <= now.high {
            continue;
        }
        let unit = &total.value.unit;
        let shown = Printed::round(last.middle() / unit.factor, total.value.printed.decimals());
        let gap = Printed::round((last.middle() - now.middle()) / unit.factor, total.value.printed.decimals());
        out.report(
            change.word,
            Bilingual::new(
                format!("称总计持平；按上年支出加年初结转 {} 推算，上年总计为 {shown}{}，本年 {} 比上年减少 {gap}{}", opening.value.show(), unit.name, total.value.show(), unit.name),
                format!("said to be unchanged; last year's spending plus the opening balance {} made {shown}{}, this year's {} is {gap}{} less", opening.value.show(), unit.name, total.value.show(), unit.name),
            ),
            Bilingual::new("按上年决算数重新计算增减。", "Compute the change again from last year's accounts."),
        )
        .against(used)
        .against(total.span)
        .against(opening.span)
        .numbers("持平", format!("减少{gap}{}", unit.name));
    }
}

fn table_fact(report: &Report, measure: Measure) -> Option<&Fact> {
    report.facts.iter().find(|f| f.place == Place::Table && f.measure == Some(measure) && f.scope.is_empty() && f.year == report.identity.fiscal_year && f.value.is_money())
}

/// Last year's value of one of the measures: printed, or this year's less the change.
fn base_of(report: &Report, change: &Change, measures: &[Measure]) -> Option<(Interval, keqiao_source::Span)> {
    if change.base_year.is_some_and(|y| y + 1 != report.year()) {
        return None;
    }
    let measure = change.measure.or_else(|| report.fact(change.current?).measure)?;
    if !measures.contains(&measure) {
        return None;
    }
    if let Some(base) = change.base {
        return Some((report.fact(base).value.interval(), report.fact(base).span));
    }
    let (current, delta) = (report.fact(change.current?), report.fact(change.delta?));
    if !current.value.is_money() || !delta.value.is_money() {
        return None;
    }
    let (now, moved) = (current.value.interval(), delta.value.interval());
    match change.direction {
        Direction::Up => Some((now - moved, delta.span)),
        Direction::Down => Some((now + moved, delta.span)),
        Direction::Flat => None,
    }
}

/// Whether the fiscal overall table has money of government funds or state capital.
fn other_funds(report: &Report) -> bool {
    let Some((_, right)) = pair(report, PublicKind::FiscalOverall) else { return true };
    let other = |name: &str| name.contains("政府性基金") || name.contains("国有资本");
    let columns: Vec<u32> = (0u32..).zip(&right.columns).filter(|(_, c)| other(&c.name)).map(|(i, _)| i).collect();
    right.rows.iter().any(|r| columns.iter().any(|&c| r.cell(c).is_some_and(|c| !c.value.is_zero())))
}

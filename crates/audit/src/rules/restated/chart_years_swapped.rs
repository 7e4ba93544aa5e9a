//! R0206: a chart whose years stand at each other’s values.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, ChartSeries, Fact, Measure, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Interval};

use super::chart_differs::category_year;
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0206",
    name: "chart-years-swapped",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "图中年份与数据对调", en: "A chart whose years stand at each other’s values" },
    why: Fixed {
        zh: "变动情况图的两个年份与正文对照：年份与数值对调或数值与正文不符。",
        en: "The two years of a chart of change are held against the text: swapped, or with another value.",
    },
    source: "FD-11",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for series in report.charts.iter().flat_map(|c| &c.series) {
        let years: Vec<_> = series.points.iter().filter_map(|p| Some((category_year(p)?, p))).collect();
        let [(y1, p1), (y2, p2)] = years.as_slice() else { continue };
        if y1 == y2 {
            continue;
        }
        let (Some(f1), Some(f2)) = (value_of(report, series, *y1), value_of(report, series, *y2)) else {
            out.lack();
            continue;
        };
        out.judge();
        let fits = |f: &Range, v: Decimal| f.0.iter().any(|i| i.holds(v * f.1));
        if fits(&f1, p1.value) && fits(&f2, p2.value) {
            continue;
        }
        let neither = !fits(&f1, p1.value) && !fits(&f2, p2.value);
        let swapped = neither && (fits(&f1, p2.value) || fits(&f2, p1.value));
        let wrong = if fits(&f1, p1.value) { (y2, p2) } else { (y1, p1) };
        // A series whose two values are both unknown to the text may show something else.
        if !swapped && neither {
            out.lack();
            continue;
        }
        let message = if swapped {
            Bilingual::new(
                format!("图中 {y1}年、{y2}年的数据对调：{y1}年应为 {}，{y2}年应为 {}", p2.value, p1.value),
                format!("the chart swaps {y1} and {y2}: {y1} is {}, {y2} is {}", p2.value, p1.value),
            )
        } else {
            Bilingual::new(
                format!("图中 {}年为 {}，与正文不符", wrong.0, wrong.1.value),
                format!("the chart shows {} for {}, which the text contradicts", wrong.1.value, wrong.0),
            )
        };
        let first = if swapped { p1 } else { wrong.1 };
        out.report(first.value_span, message, Bilingual::new("用正文的数据重新生成此图。", "Draw the chart again from the numbers of the text."))
            .against_all([p1, p2].iter().filter_map(|p| p.category_span))
            .against(p2.value_span)
            .against_all(f1.2.iter().copied().chain(f2.2.iter().copied()).take(2))
            .numbers(format!("{y1}: {}, {y2}: {}", p1.value, p2.value), if swapped { format!("{y1}: {}, {y2}: {}", p2.value, p1.value) } else { String::new() });
    }
}

/// Values that the text states (base units), the factor of the chart's unit, and where.
type Range = (Vec<Interval>, Decimal, Vec<keqiao_source::Span>);

fn value_of(report: &Report, series: &ChartSeries, year: u16) -> Option<Range> {
    let name = series.name.replace("（万元）", "").replace("（元）", "").replace("（单位：万元）", "");
    let measure = Measure::of_label(&name);
    let income = name.contains("收入") || name.contains("收、支") || name.contains("收支");
    let expenditure = name.contains("支出") || name.contains("收、支") || name.contains("收支");
    let wanted: &[Measure] = match measure {
        Some(Measure::IncomeTotal | Measure::Total) if income => &[Measure::IncomeTotal, Measure::Total],
        Some(Measure::ExpenditureTotal | Measure::Total) if expenditure => &[Measure::ExpenditureTotal, Measure::Total],
        Some(ref m) => std::slice::from_ref(m),
        None => return None,
    };
    let facts: Vec<&Fact> = report
        .facts
        .iter()
        .filter(|f| f.measure.is_some_and(|m| wanted.contains(&m)) && f.year == Some(year) && f.aspect == Aspect::Actual && f.direction.is_none() && f.scope.is_empty() && f.value.is_money())
        .collect();
    let factor = if series.name.contains("（元）") { Decimal::ONE } else { Decimal::from(10_000) };
    let derived = base_values(report, wanted, year);
    let mut intervals: Vec<Interval> = facts.iter().map(|f| f.value.interval()).collect();
    intervals.extend(derived);
    (!intervals.is_empty()).then(|| (intervals, factor, facts.iter().map(|f| f.span).collect()))
}

/// Last year's value as the change of this year's implies it.
fn base_values(report: &Report, wanted: &[Measure], year: u16) -> Vec<Interval> {
    report
        .relations
        .changes
        .iter()
        .filter(|c| c.base_year == Some(year) && c.measure.is_some_and(|m| wanted.contains(&m)))
        .filter_map(|c| {
            let (current, delta) = (report.fact(c.current?), report.fact(c.delta?));
            let same = current.value.unit == delta.value.unit;
            same.then(|| match c.direction {
                keqiao_facts::Direction::Up => current.value.interval() - delta.value.interval(),
                _ => current.value.interval() + delta.value.interval(),
            })
        })
        .collect()
}

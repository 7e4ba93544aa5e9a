//! R0205: a chart that shows another number than the text.

use keqiao_diag::Level;
use keqiao_facts::{Aspect, ChartPoint, Fact, Measure, Report};
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_quantity::{Decimal, Printed, quotient_percent, share_agrees};
use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "R0205",
    name: "chart-differs-from-text",
    level: Level::Error,
    since: "0.1.0",
    title: Fixed { zh: "图中数据与正文不符", en: "A chart that shows another number than the text" },
    why: Fixed {
        zh: "图由文中数字绘成；图上的占比、金额与正文算出的不同，是图未更新或取错了列。",
        en: "A chart is drawn from the numbers of the text; where they differ the chart was not updated or took another column.",
    },
    source: "FD-11",
    check,
};

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    for chart in &report.charts {
        for point in chart.series.iter().flat_map(|s| &s.points) {
            let Some((part, whole)) = share_of(report, &chart.caption, &point.category) else { continue };
            let Some(percent) = as_percent(point.value) else { continue };
            out.judge();
            let (a, b) = (part.value.printed, whole.value.printed);
            if share_agrees(a, b, percent) {
                continue;
            }
            let Some(right) = quotient_percent(a, b, percent.decimals()) else { continue };
            // A wrong share that the text states too is the text's fault (A0101); the chart only repeats it.
            let repeated = report.relations.shares.iter().any(|s| s.part == part.id && report.fact(s.percent).value.printed.value() == percent.value());
            out.report_at(
                if repeated && (right.value() - percent.value()).abs() < Decimal::ONE { Level::Info } else { Level::Error },
                point.value_span,
                Bilingual::new(
                    format!("图中“{}”为 {percent}%，按正文应为 {right}%：{} ÷ {}", point.category, part.value.show(), whole.value.show()),
                    format!("the chart shows {percent}% for “{}”; by the text it is {right}%: {} ÷ {}", point.category, part.value.show(), whole.value.show()),
                ),
                Bilingual::new("用正文的数据重新生成此图。", "Draw the chart again from the numbers of the text."),
            )
            .against_all(point.category_span)
            .against(part.span)
            .numbers(format!("{percent}%"), format!("{right}%"));
        }
    }
}

/// A chart value as a percent: fractions up to one, or values above one as they are; whole charts of amounts are not
/// shares.
fn as_percent(value: Decimal) -> Option<Printed> {
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        return None;
    }
    let value = if value <= Decimal::ONE { value * Decimal::ONE_HUNDRED } else { value };
    Some(Printed::from_decimal(value.normalize()))
}

/// Part and whole that a category such as 基本支出占比 names.
fn share_of<'r>(report: &'r Report, caption: &str, category: &str) -> Option<(&'r Fact, &'r Fact)> {
    let name = category.strip_suffix("占比").or_else(|| category.strip_suffix("比例")).or_else(|| category.strip_suffix("比重"))?;
    let find = |measure: Measure| report.facts.iter().find(|f| f.measure == Some(measure) && f.aspect == Aspect::Actual && f.direction.is_none() && f.year == Some(report.year()) && f.scope.is_empty());
    if let Some(measure) = Measure::of_label(name) {
        let whole = match measure {
            Measure::Reception | Measure::Vehicles | Measure::GoingAbroad => Measure::ThreePublic,
            Measure::BasicExpenditure | Measure::ProjectExpenditure => Measure::YearExpenditure,
            _ if caption.contains("收入") => Measure::YearIncome,
            _ => return None,
        };
        let (part, whole) = (find(measure)?, find(whole)?);
        return (part.value.unit == whole.value.unit && !whole.value.printed.is_zero()).then_some((part, whole));
    }
    let class = name.trim_end_matches('类').trim_end_matches("支出");
    let part = report.facts.iter().find(|f| f.measure == Some(Measure::FunctionExpenditure) && !f.label.contains('/') && f.label.trim_end_matches("支出") == class && f.aspect == Aspect::Actual)?;
    let whole = find(Measure::GeneralExpenditure)?;
    (part.value.unit == whole.value.unit && !whole.value.printed.is_zero()).then_some((part, whole))
}

/// Whether a point's category is a year, and which.
pub(super) fn category_year(point: &ChartPoint) -> Option<u16> {
    point.category.trim_end_matches('度').strip_suffix('年')?.parse().ok().filter(|y| (2000..2100).contains(y))
}

//! X0702: sample data of the office program is left in a chart.

use keqiao_diag::Level;
use keqiao_i18n::{Bilingual, Fixed};
use keqiao_source::Span;

use crate::{Context, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    code: "X0702",
    name: "default-chart-data-left",
    level: Level::Warning,
    since: "0.1.0",
    title: Fixed { zh: "图表留有软件的示例数据", en: "Sample data of the office program is left in a chart" },
    why: Fixed {
        zh: "新建图表时软件自带“类别1”“系列1”“第二季度 3.2”一类示例数据，留在报告的图里就是没有填完的图。",
        en: "A new chart comes with sample data (类别1, 系列1, 第二季度 3.2); what is left of it shows that the chart was not finished.",
    },
    source: "FD-11",
    check,
};

const NAMES: &[&str] = &[
    "第一季度", "第二季度", "第三季度", "第四季度", "类别1", "类别2", "类别3", "类别4", "系列1", "系列2", "系列3", "1st Qtr", "2nd Qtr", "3rd Qtr",
    "4th Qtr", "Category 1", "Series 1",
];

const VALUES: &[&str] = &["8.2", "3.2", "1.4", "1.2", "4.3", "2.5", "3.5", "4.5", "2.4", "4.4", "1.8", "2.8"];

fn check(cx: &Context<'_>, out: &mut Sink) {
    let report = cx.report;
    let mut at = 0;
    for line in report.text.split_inclusive('\n') {
        line_of(line, at, out);
        at += line.len();
    }
    for chart in &report.charts {
        out.judge();
        for series in &chart.series {
            for point in &series.points {
                let value = point.value.normalize().to_string();
                let name = [(series.name.as_str(), series.name_span), (point.category.as_str(), point.category_span)]
                    .into_iter()
                    .find(|(n, _)| NAMES.contains(n));
                if let Some((name, span)) = name.filter(|_| VALUES.contains(&value.as_str())) {
                    found(span.unwrap_or(point.value_span), name, &value, out);
                }
            }
        }
    }
}

/// What a text export prints of a chart: names and values, each after a tab. A default name followed by one of its
/// default values before the next name is what nobody changed.
fn line_of(line: &str, start: usize, out: &mut Sink) {
    if !line.contains('\t') {
        return;
    }
    let mut name: Option<(&str, Span)> = None;
    let mut at = start;
    for cell in line.split('\t') {
        let words = cell.trim();
        let from = at + (cell.len() - cell.trim_start().len());
        at += cell.len() + 1;
        if NAMES.contains(&words) {
            name = Some((words, Span::new(from, from + words.len())));
        } else if VALUES.contains(&words)
            && let Some((n, span)) = name.take() {
                out.judge();
                found(span, n, words, out);
            }
    }
}

fn found(span: Span, name: &str, value: &str, out: &mut Sink) {
    out.report(
        span,
        Bilingual::new(
            format!("图表中的“{name} {value}”是软件自带的示例数据"),
            format!("“{name} {value}” is sample data that came with the chart"),
        ),
        Bilingual::new("请删去示例数据，按决算表重画此图。", "Delete the sample data and draw the chart from the tables again."),
    );
}

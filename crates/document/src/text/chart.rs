//! What a text export prints of charts: caption, series name, categories and values in one line, parted by tabs.

use keqiao_source::Span;

use super::grid::Row;
use super::paragraph;
use crate::{Block, Chart, Series};

/// The charts of one line; `None` when the line is a table's row. `alone`: no neighbour has as many columns.
pub(super) fn line(text: &str, row: &Row, alone: bool) -> Option<Vec<Block>> {
    let tokens: Vec<Span> = row.cells.iter().copied().filter(|c| !c.is_empty()).collect();
    let captioned = is_captioned(text, row);
    let numbers = tokens.iter().filter(|t| is_value(t.of(text))).count();
    if tokens.len() < 3 || numbers == 0 {
        return None;
    }
    let charts = read(text, &tokens);
    let series = charts.iter().flat_map(|c| &c.series);
    // Without a caption only the shape tells: names, categories and just as many values, again and again.
    let shaped = alone
        && series.clone().all(|s| s.name.is_some() && s.points.iter().all(|p| p.0.is_some()))
        && series.clone().any(|s| s.points.len() > 1)
        && (series.count() > 1 || tokens.len() >= 5 && row.cells.last().is_some_and(|c| c.is_empty()));
    if !captioned && !shaped {
        return None;
    }
    Some(
        charts
            .into_iter()
            .filter_map(|c| match (c.series.is_empty(), c.caption) {
                (false, _) => Some(Block::Chart(c)),
                (true, Some(caption)) => Some(paragraph(caption)),
                (true, None) => None,
            })
            .collect(),
    )
}

/// Whether the line begins with a figure's caption.
pub(super) fn is_captioned(text: &str, row: &Row) -> bool {
    row.cells.iter().find(|c| !c.is_empty()).is_some_and(|c| is_caption(c.of(text)))
}

/// 图1：…, 图表2 …
fn is_caption(words: &str) -> bool {
    let rest = words.trim_start_matches(['（', '(']);
    let Some(rest) = rest.strip_prefix("图表").or_else(|| rest.strip_prefix('图')) else { return false };
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// A value as the file's own data holds it: a plain or scientific number.
fn is_value(words: &str) -> bool {
    let words = words.strip_suffix(['%', '％']).unwrap_or(words);
    let plain = words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'E' | 'e' | ','));
    plain
        && words.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
        && words.ends_with(|c: char| c.is_ascii_digit())
}

fn is_year(words: &str) -> bool {
    words.len() == 4
        && (words.starts_with("19") || words.starts_with("20"))
        && words.bytes().all(|b| b.is_ascii_digit())
}

/// Groups of words and values become series; series over the same categories belong to one chart.
fn read(text: &str, tokens: &[Span]) -> Vec<Chart> {
    let mut charts: Vec<Chart> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if is_caption(tokens[at].of(text)) {
            charts.push(Chart { caption: Some(tokens[at]), span: Some(tokens[at]), ..Chart::default() });
            at += 1;
            continue;
        }
        let words = tokens[at..].iter().take_while(|t| !is_value(t.of(text)) && !is_caption(t.of(text))).count();
        let values = tokens[at + words..].iter().take_while(|t| is_value(t.of(text))).count();
        let (labels, rest) = tokens[at..].split_at(words);
        let group = series(text, labels, &rest[..values]);
        at += (words + values).max(1);
        if let Some(group) = group {
            place(text, group, &mut charts);
        }
    }
    charts
}

fn series(text: &str, labels: &[Span], values: &[Span]) -> Option<Series> {
    let half = values.len() / 2;
    let years = labels.len() == 1
        && values.len().is_multiple_of(2)
        && half > 0
        && values[..half].iter().all(|v| is_year(v.of(text)));
    let (name, categories, values) = if years {
        (labels.first(), &values[..half], &values[half..])
    } else if labels.len() == values.len() || labels.is_empty() {
        (None, labels, values)
    } else {
        (labels.first(), &labels[1..], values)
    };
    if values.is_empty() {
        return None;
    }
    let points = values.iter().enumerate().map(|(i, v)| (categories.get(i).copied(), *v)).collect();
    Some(Series { name: name.copied(), points })
}

fn place(text: &str, series: Series, charts: &mut Vec<Chart>) {
    let spans = series.name.into_iter().chain(series.points.iter().flat_map(|p| [p.0.unwrap_or(p.1), p.1]));
    let span = spans.reduce(Span::to);
    let kin = |c: &Chart| {
        let theirs: Vec<&str> =
            c.series.iter().take(1).flat_map(|s| &s.points).filter_map(|p| Some(p.0?.of(text))).collect();
        theirs.is_empty() || series.points.iter().all(|p| p.0.is_some_and(|k| theirs.contains(&k.of(text))))
    };
    match charts.last_mut() {
        // A caption with an empty chart takes what follows; a chart takes further series over its own categories.
        Some(last) if kin(last) => {
            last.span = last.span.into_iter().chain(span).reduce(Span::to);
            last.series.push(series);
        }
        _ => charts.push(Chart { caption: None, series: vec![series], span, page: None }),
    }
}

#[cfg(test)]
mod tests {
    use crate::text::blocks;
    use crate::{Block, Chart};

    fn charts(text: &str) -> Vec<Chart> {
        blocks(text).into_iter().filter_map(|b| if let Block::Chart(c) = b { Some(c) } else { None }).collect()
    }

    #[test]
    fn tails_are_charts_with_series_and_points() {
        let text = "收入（万元）\t2018年\t2019年\t20.5\t18.25\t支出（万元）\t2018年\t2019年\t20.5\t18.25\t\n图2：结构图\t拨款占比\t1\t图3：另一图";
        let found = charts(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].series.len(), 2);
        assert_eq!(found[0].series[1].name.map(|n| n.of(text)), Some("支出（万元）"));
        assert_eq!(found[0].series[0].points[1].1.of(text), "18.25");
        assert_eq!(found[1].caption.map(|n| n.of(text)), Some("图2：结构图"));
        assert!(blocks(text).iter().any(|b| matches!(b, Block::Paragraph(p) if p.span.of(text) == "图3：另一图")));
    }

    #[test]
    fn left_over_sample_data_joins_the_chart_of_its_categories() {
        let text = "图3：结构\t基本占比\t项目占比\t0.7\t0.30000000000000004\t第二季度\t基本占比\t项目占比\t3.2\t收入\t2020年\t2021年\t1.5\t2.5\t";
        let found = charts(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].series.len(), 2);
        assert_eq!(found[0].series[1].points.len(), 1);
    }
}

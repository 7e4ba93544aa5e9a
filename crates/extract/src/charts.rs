//! Charts of the document → chart data: names folded, values freed of the noise that binary fractions leave.

use keqiao_document::{Block, Chart, Document};
use keqiao_facts::{ChartData, ChartPoint, ChartSeries};
use keqiao_quantity::Decimal;
use keqiao_source::{Folded, Span};

/// Digits that a chart's file keeps faithfully; what stands beyond them is noise (0.75000000000000056).
const DIGITS: u32 = 12;

/// All charts that hold at least one value.
pub(crate) fn charts(document: &Document) -> Vec<ChartData> {
    let blocks = document.blocks.iter();
    blocks.filter_map(|b| if let Block::Chart(c) = b { chart(&document.text, c) } else { None }).collect()
}

fn chart(text: &str, chart: &Chart) -> Option<ChartData> {
    let fold = |span: Option<Span>| span.map(|s| Folded::new(s.of(text), 0).text().to_owned()).unwrap_or_default();
    let series: Vec<ChartSeries> = chart
        .series
        .iter()
        .map(|s| ChartSeries {
            name: fold(s.name),
            name_span: s.name,
            points: s
                .points
                .iter()
                .filter_map(|(category, value)| {
                    let value_span = *value;
                    let value = parse(value.of(text))?;
                    Some(ChartPoint { category: fold(*category), category_span: *category, value, value_span })
                })
                .collect(),
        })
        .filter(|s: &ChartSeries| !s.points.is_empty())
        .collect();
    let first = series.first()?.points.first()?.value_span;
    Some(ChartData { caption: fold(chart.caption), span: chart.span.unwrap_or(first), series })
}

/// A value as the file holds it. A percent sign makes it a fraction, as the values without one are.
fn parse(words: &str) -> Option<Decimal> {
    let folded = Folded::new(words, 0);
    let (digits, percent) = folded.text().strip_suffix('%').map_or((folded.text(), false), |d| (d, true));
    let digits = digits.replace([',', '，'], "");
    let value = if digits.contains(['e', 'E']) { Decimal::from_scientific(&digits).ok() } else { digits.parse().ok() }?;
    let value = meant(value);
    Some(if percent { value.checked_div(Decimal::ONE_HUNDRED)?.normalize() } else { value })
}

/// The value without digits that only the binary fraction brought.
fn meant(value: Decimal) -> Decimal {
    value.round_sf(DIGITS).unwrap_or(value).normalize()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn binary_noise_is_stripped() {
        for (printed, meant) in [
            ("0.75000000000000056", "0.75"),
            ("5.6000000000000001E-2", "0.056"),
            ("4.0000000000000022E-2", "0.04"),
            ("161.94", "161.94"),
            ("98.72%", "0.9872"),
            ("1", "1"),
            ("1,234.50", "1234.5"),
        ] {
            assert_eq!(parse(printed).map(|v| v.to_string()), Some(meant.to_owned()), "{printed}");
        }
        assert_eq!(parse("E"), None);
    }
}

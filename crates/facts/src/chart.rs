//! Charts: what a figure shows, point by point.

use keqiao_quantity::Decimal;
use keqiao_source::Span;

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartData {
    /// Caption, folded; empty when none.
    pub caption: String,
    /// Caption and data in the printed text.
    pub span: Span,
    /// Its series.
    pub series: Vec<ChartSeries>,
}

/// One series: name, and a value for each category.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSeries {
    /// Name, folded.
    pub name: String,
    /// Where the name stands.
    pub name_span: Option<Span>,
    /// Category (folded), its place, the value with the noise of binary fractions removed, its place.
    pub points: Vec<ChartPoint>,
}

/// One point of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    /// Category, folded.
    pub category: String,
    /// Its place.
    pub category_span: Option<Span>,
    /// Value.
    pub value: Decimal,
    /// Its place.
    pub value_span: Span,
}

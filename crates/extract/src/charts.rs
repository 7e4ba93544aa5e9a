//! Charts of the document → chart data.

use keqiao_document::Document;
use keqiao_facts::ChartData;

/// All charts.
pub(crate) fn charts(_document: &Document) -> Vec<ChartData> {
    Vec::new()
}

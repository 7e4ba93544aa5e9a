//! Data tables, the public ones among them.

use keqiao_document::Document;
use keqiao_facts::{DataTable, Report};

use crate::Collector;

/// All data tables; their numbers go to `facts` too.
pub(crate) fn tables(_document: &Document, _report: &Report, _facts: &mut Collector) -> Vec<DataTable> {
    Vec::new()
}

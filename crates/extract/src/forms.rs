//! Target forms: recognises them among the document's tables.

use keqiao_document::Document;
use keqiao_facts::{Report, TargetForm};

use crate::Collector;

/// All target forms; their numbers go to `facts` too.
pub(crate) fn forms(_document: &Document, _report: &Report, _facts: &mut Collector) -> Vec<TargetForm> {
    Vec::new()
}

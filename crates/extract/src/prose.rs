//! Numbers of running text, and the relations the sentences state between them.

use keqiao_facts::{Relations, Report};

use crate::{CodeBook, Collector};

/// Facts and relations of all paragraphs.
pub(crate) fn prose(_report: &Report, _book: &CodeBook, _facts: &mut Collector) -> Relations {
    Relations::default()
}

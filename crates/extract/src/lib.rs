//! Document → facts. One file for each pattern of reports; nothing here judges.
//!
//! The order matters: the outline says what is prose, the tables bring the codes that prose names, prose and forms bring
//! facts and relations.

mod charts;
mod codebook;
mod collector;
mod forms;
mod identity;
mod loose;
mod outline;
mod printed;
mod prose;
mod tables;

pub use codebook::CodeBook;
pub(crate) use collector::Collector;
pub use printed::{printed_rows, table_name};

use keqiao_document::{Block, Document};
use keqiao_facts::Report;

/// Understands a document as far as it can. What is not understood is left out, never guessed.
pub fn extract(document: &Document) -> Report {
    let mut report = Report { text: document.text.clone(), ..Report::default() };
    (report.sections, report.paragraphs) = outline::outline(document);
    report.identity = identity::identity(document, &report.sections, &report.paragraphs);
    report.tables_seen =
        document.blocks.iter().filter(|b| matches!(b, Block::Table(_))).count().try_into().unwrap_or(u32::MAX);
    let mut facts = Collector::default();
    report.tables = tables::tables(document, &report, &mut facts);
    report.forms = forms::forms(document, &report, &mut facts);
    report.charts = charts::charts(document);
    let book = CodeBook::new(&report.tables);
    report.relations = prose::prose(document, &report, &book, &mut facts);
    loose::loose(document, &report, &mut facts);
    report.facts = facts.finish();
    report
}

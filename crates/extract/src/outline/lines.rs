//! The paragraphs of a document, folded, with those joined that a line break of the export cut in two.

use std::sync::LazyLock;

use keqiao_document::{Block, Document};
use keqiao_source::{Folded, Span};
use regex::Regex;

/// A paragraph before its role is known.
#[derive(Debug)]
pub(super) struct Line {
    /// In the printed text.
    pub span: Span,
    /// Folded.
    pub folded: Folded,
    /// Page, where known.
    pub page: Option<u32>,
    /// Heading level that the format gives.
    pub heading: Option<u8>,
    /// Whether another block (table, chart) stands before it.
    pub apart: bool,
}

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d[\d,]*(\.\d+)?(万元|亿元|元|%|个百分点|万人|人次|人|个|项|场|次|家|批次)[，。；、（]")
        .expect("checked by the tests")
});

/// All paragraphs that say something.
pub(super) fn lines(document: &Document) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut apart = false;
    for block in &document.blocks {
        let Block::Paragraph(p) = block else {
            apart = true;
            continue;
        };
        let source = p.span.of(&document.text);
        let folded = Folded::new(source, p.span.start as usize);
        if folded.text().is_empty() {
            continue;
        }
        if let Some(last) = lines.last_mut().filter(|l| !apart && p.heading.is_none() && cut(l, folded.text())) {
            last.folded.push(source, p.span.start as usize);
            last.span = last.span.to(p.span);
            continue;
        }
        lines.push(Line { span: p.span, folded, page: p.page, heading: p.heading, apart });
        apart = false;
    }
    lines
}

/// Whether `next` goes on in the middle of the sentence that `line` began: the line names a thing and the next begins
/// with its number and unit.
fn cut(line: &Line, next: &str) -> bool {
    let text = line.folded.text();
    let open = text
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_ascii_punctuation() && !"。；：！？，、”）》…".contains(c) && !c.is_ascii_digit());
    let sentence = text.contains(['，', '：', '。']) && text.contains(|c: char| c.is_ascii_digit());
    line.heading.is_none() && open && sentence && AMOUNT.is_match(next)
}

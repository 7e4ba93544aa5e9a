//! Plain text, and the text exports of Word files in which tables arrive as tab-led lines, tab-separated columns or
//! pipes, and charts as tab-separated tails. A line is a paragraph.

use keqiao_source::Span;

use crate::{Block, Document, Format, Paragraph};

mod chart;
mod columns;
mod export;
mod grid;

/// One line of the text: bytes without the line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line<'t> {
    /// Byte of the text at which it starts.
    start: usize,
    /// Its characters.
    words: &'t str,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.words.trim().is_empty() && !self.words.contains('\t')
    }

    /// The words without white space around them; `None` when nothing is left.
    fn trimmed(&self) -> Option<Span> {
        // A byte order mark is part of the file, so of its offsets, but not of its words.
        let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let words = self.words.trim_matches(blank);
        let start = self.start + (self.words.len() - self.words.trim_start_matches(blank).len());
        (!words.is_empty()).then(|| Span::new(start, start + words.len()))
    }
}

pub(crate) fn read(name: &str, text: &str) -> Document {
    Document { name: name.into(), format: Format::Text, text: text.into(), blocks: blocks(text), pages: None }
}

/// All blocks of a text. Every reader takes the lines it understands and says how many; each line is looked at a fixed
/// number of times.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let taken = export::take(text, rest, &mut blocks)
            .or_else(|| columns::take_tabs(text, rest, &mut blocks))
            .or_else(|| columns::take_pipes(text, rest, &mut blocks))
            .or_else(|| columns::take_spaces(text, rest, &mut blocks));
        match taken {
            Some(taken) => at += taken.max(1),
            None => {
                push_paragraph(&lines[at], &mut blocks);
                at += 1;
            }
        }
    }
    blocks
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line { start, words: line.trim_end_matches(['\n', '\r']) }
        })
        .collect()
}

fn push_paragraph(line: &Line<'_>, blocks: &mut Vec<Block>) {
    if let Some(span) = line.trimmed() {
        blocks.push(paragraph(span));
    }
}

fn paragraph(span: Span) -> Block {
    Block::Paragraph(Paragraph { span, page: None, heading: None })
}

/// Several lines under one span (a cell), each without white space around it.
fn lines_of(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let start = span.start as usize;
    lines(span.of(text))
        .into_iter()
        .filter_map(move |l| Line { start: l.start + start, words: l.words }.trimmed())
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::Block;

    #[test]
    fn every_line_is_a_paragraph() {
        let found = blocks("一、收入\t\r\n\r\n　　收入12万元。\n");
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|b| matches!(b, Block::Paragraph(_))));
    }

    #[test]
    fn no_input_makes_it_panic() {
        let bits = ["\t", "\n", "表", "1", " ", "|", "图1：", "\r", "-", "单位：万元"];
        let mut seed = 7u64;
        for _ in 0..3000 {
            let text: String = (0..24)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    bits[(seed >> 33) as usize % bits.len()]
                })
                .collect();
            for block in blocks(&text) {
                if let Block::Table(t) = block {
                    for c in &t.cells {
                        assert!(c.row < t.rows && c.column + c.column_span <= t.columns, "{text:?}");
                        assert!(text.get(c.span.range()).is_some(), "{text:?}");
                    }
                }
            }
        }
    }
}

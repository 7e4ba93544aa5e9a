//! Plain text, and the text exports of Word files in which tables arrive as tab-led lines, tab-separated columns or
//! pipes, and charts as tab-separated tails. A line is a paragraph.

use std::borrow::Cow;

use keqiao_source::Span;

use crate::{Block, Document, Format, Paragraph, Problem, ProblemKind, Read};

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
        let words = self.words.trim();
        let start = self.start + (self.words.len() - self.words.trim_start().len());
        (!words.is_empty()).then(|| Span::new(start, start + words.len()))
    }
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Read {
    if bytes.is_empty() {
        return Read {
            document: None,
            problems: vec![Problem::fatal(
                ProblemKind::Empty,
                "文件是空的（0 字节）。请重新导出后再检查。",
                "The file is empty (0 bytes). Export it again.",
            )],
        };
    }
    let text = decode(bytes);
    let blocks = blocks(&text);
    let document = Document { name: name.into(), format: Format::Text, text: text.as_ref().into(), blocks, pages: None };
    Read { document: Some(document), problems: Vec::new() }
}

/// UTF-8 and UTF-16 by their marks, UTF-8 when it is valid, else the national standard, which old exports use.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| !marked) {
        return Cow::Borrowed(text);
    }
    let utf8 = String::from_utf8_lossy(bytes);
    // A stray broken byte in a UTF-8 file must not turn the whole file into another encoding.
    let broken = utf8.matches('\u{fffd}').count();
    if !marked && broken * 50 < utf8.chars().count() {
        return utf8;
    }
    encoding_rs::GB18030.decode(bytes).0
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
    lines(span.of(text)).into_iter().filter_map(move |l| Line { start: l.start + start, words: l.words }.trimmed()).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::{blocks, decode};
    use crate::Block;

    #[test]
    fn gbk_and_utf16_are_decoded() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("收入合计12.00万元，支出合计11.00万元。");
        assert!(decode(&gbk).starts_with("收入合计"));
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("收入".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf16), "收入");
        assert_eq!(decode("\u{feff}收入".as_bytes()), "收入");
    }

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

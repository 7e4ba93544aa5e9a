//! Plain text, and the text exports of Word files in which tables arrive as tab-led lines.

use keqiao_source::Span;

use crate::{Block, Document, Format, Paragraph, Problem, ProblemKind, Read};

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
    let text = String::from_utf8_lossy(bytes);
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            let span = Span::new(start, start + words.len());
            blocks.push(Block::Paragraph(Paragraph { span, page: None, heading: None }));
        }
        at += line.len();
    }
    let document = Document { name: name.into(), format: Format::Text, text: text.as_ref().into(), blocks, pages: None };
    Read { document: Some(document), problems: Vec::new() }
}

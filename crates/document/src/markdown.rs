//! Markdown. The printed text is the file itself: every span lies in the source, marks of emphasis included.

use std::ops::Range;

use keqiao_source::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::heads::header_rows;
use crate::{Block, Cell, Document, Format, Paragraph, Table};

pub(crate) fn read(name: &str, text: &str) -> Document {
    // A byte order mark stays in the text so that offsets count as in the file, but would hide a first heading.
    let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { text, ..Reader::default() };
    for (event, range) in Parser::new_ext(&text[base..], options).into_offset_iter() {
        reader.event(event, range.start + base..range.end + base);
    }
    reader.flush();
    Document { name: name.into(), format: Format::Markdown, text: text.into(), blocks: reader.blocks, pages: None }
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    /// The words since the last block ended.
    words: Option<Range<usize>>,
    heading: Option<u8>,
    table: Option<Table>,
    /// The open cell, for the place of an empty one.
    cell: Range<usize>,
    metadata: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::SoftBreak if self.wraps(range.start) => self.extend(range),
            Event::SoftBreak | Event::HardBreak if self.table.is_none() => self.flush(),
            Event::Rule => self.flush(),
            Event::Html(_) | Event::Text(_) if self.metadata => {}
            Event::Html(_) => self.lines(range),
            Event::Text(_) if self.table.is_none() && self.text[range.clone()].contains('\n') => self.lines(range),
            _ => self.extend(range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level_number(level));
            }
            Tag::Item => {
                self.flush();
                // The number of an ordered list is printed words (1. 基本情况); a bullet is not.
                if self.text[range.clone()].starts_with(|c: char| c.is_ascii_digit()) {
                    self.words = Some(range.start..range.start);
                }
            }
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {}
            Tag::TableCell => {
                self.words = None;
                self.cell = range;
            }
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::Paragraph if self.words.as_ref().is_some_and(Range::is_empty) => {}
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows += 1;
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.end_table(table);
                }
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {}
            _ => self.flush(),
        }
    }

    fn end_cell(&mut self) {
        let span = match self.words.take() {
            Some(words) => self.trimmed(words),
            None => {
                let inside = self.text[self.cell.clone()].trim_start_matches('|');
                let at = self.cell.end - inside.len();
                Span::new(at, at)
            }
        };
        let Some(table) = &mut self.table else { return };
        let row = table.rows;
        let column = table.cells.last().filter(|c| c.row == row).map_or(0, |c| c.column + 1);
        table.columns = table.columns.max(column + 1);
        table.cells.push(Cell { row, column, row_span: 1, column_span: 1, span, page: None });
    }

    fn end_table(&mut self, mut table: Table) {
        let span = table.cells.iter().map(|c| c.span).filter(|s| !s.is_empty()).reduce(Span::to);
        table.span = span.or_else(|| table.cells.first().map(|c| c.span));
        table.header_rows = header_rows(&table, self.text);
        self.blocks.push(Block::Table(table));
    }

    /// Whether a line break only wraps a long line. Chinese reports put one statement on a line; a short line or one
    /// that ends with a full stop is a paragraph of its own.
    fn wraps(&self, at: usize) -> bool {
        let Some(words) = &self.words else { return false };
        let line = self.text[words.start..at].lines().last().unwrap_or("").trim();
        line.chars().count() >= 30 && !line.ends_with(['。', '；', '：', '！', '？', '.', ';', ':', '!', '?', '”'])
    }

    fn extend(&mut self, range: Range<usize>) {
        self.words = Some(match self.words.take() {
            Some(words) => words.start.min(range.start)..words.end.max(range.end),
            None => range,
        });
    }

    /// Code and raw HTML: every line that holds words of its own.
    fn lines(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            self.flush();
            if !(line.trim().starts_with('<') && line.trim().ends_with('>') && is_tags_only(line)) {
                self.words = Some(at..at + line.len());
            }
            at += line.len();
        }
        self.flush();
    }

    fn flush(&mut self) {
        let heading = self.heading.take();
        let Some(words) = self.words.take() else { return };
        let span = self.trimmed(words);
        if span.is_empty() {
            return;
        }
        self.blocks.push(Block::Paragraph(Paragraph { span, page: None, heading }));
    }

    fn trimmed(&self, range: Range<usize>) -> Span {
        let words = &self.text[range.clone()];
        let start = range.start + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

fn is_tags_only(line: &str) -> bool {
    let mut depth = 0u32;
    line.trim().chars().all(|c| {
        match c {
            '<' => depth += 1,
            '>' => {
                depth = depth.saturating_sub(1);
                return true;
            }
            _ => {}
        }
        depth > 0 || c.is_whitespace()
    })
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Block;

    fn printed(text: &str) -> Vec<String> {
        let document = read("a.md", text);
        document
            .blocks
            .iter()
            .flat_map(|b| match b {
                Block::Paragraph(p) => {
                    vec![format!("{}{}", p.heading.map_or(String::new(), |h| format!("h{h} ")), p.span.of(text))]
                }
                Block::Table(t) => {
                    let mut lines = vec![format!("table {}x{} head {}", t.rows, t.columns, t.header_rows)];
                    lines.extend((0..t.rows).map(|r| t.row(r).map(|c| c.span.of(text)).collect::<Vec<_>>().join("|")));
                    lines
                }
                Block::Chart(_) => vec!["chart".into()],
            })
            .collect()
    }

    #[test]
    fn heading_lines_and_list_are_blocks() {
        let text = "\u{feff}# 决算说明\n\n一、收入\n收入**12.00**万元。\n\n1. 基本支出\n2. 项目支出\n\n- 论坛\n";
        assert_eq!(
            printed(text),
            ["h1 决算说明", "一、收入", "收入**12.00**万元。", "1. 基本支出", "2. 项目支出", "论坛"]
        );
    }

    #[test]
    fn table_cells_are_trimmed_and_empty_cells_keep_their_place() {
        let text = "表1 收入决算表\n单位：万元\n| 项目 | 金额 |\n|---|---:|\n| **合计** |  |\n|  财政拨款 | 1,200.00 |\n\n说明。\n";
        assert_eq!(
            printed(text),
            ["表1 收入决算表", "单位：万元", "table 3x2 head 1", "项目|金额", "合计|", "财政拨款|1,200.00", "说明。"]
        );
        let document = read("a.md", text);
        let Block::Table(table) = &document.blocks[2] else { panic!("a table") };
        let empty = table.cell(1, 1).expect("in place").span;
        assert!(empty.is_empty() && empty.range().start > text.find("合计").expect("there"));
    }
}

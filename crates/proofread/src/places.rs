//! Where spans stand: page, paragraph, cell, and for texts line and column. One search for each span, however large the
//! document.

use keqiao_document::{Block, Document, Format};
use keqiao_source::{CharIndex, Locator, Span};
use serde::{Deserialize, Serialize};

/// A locator with line and column, which only texts have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Page, paragraph, table, row, column of the table.
    #[serde(flatten)]
    pub locator: Locator,
    /// Line of the file, from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Character of the line, from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character: Option<usize>,
}

/// Finds places in one document.
#[derive(Debug)]
pub struct Places {
    chars: CharIndex,
    lines: bool,
    /// Paragraphs, cells and charts, by their start.
    anchors: Vec<(Span, Locator)>,
}

impl Places {
    /// Goes through the document once.
    pub fn new(document: &Document) -> Places {
        let mut anchors = Vec::new();
        let (mut paragraph, mut table) = (0, 0);
        for block in &document.blocks {
            match block {
                Block::Paragraph(p) => {
                    paragraph += 1;
                    anchors.push((p.span, Locator { page: p.page, paragraph: Some(paragraph), ..Locator::default() }));
                }
                Block::Table(t) => {
                    table += 1;
                    anchors.extend(t.cells.iter().map(|c| {
                        let page = c.page.or(t.pages.map(|p| p.0));
                        let (row, column) = (Some(c.row + 1), Some(c.column + 1));
                        (c.span, Locator { page, paragraph: None, table: Some(table), row, column })
                    }));
                }
                Block::Chart(c) => {
                    anchors.extend(c.span.map(|s| (s, Locator { page: c.page, ..Locator::default() })));
                }
            }
        }
        anchors.sort_by_key(|(span, _)| span.start);
        Places {
            chars: CharIndex::new(document.text.clone()),
            lines: matches!(document.format, Format::Text | Format::Markdown),
            anchors,
        }
    }

    /// Start and end of a span in characters.
    pub fn characters(&self, span: Span) -> (usize, usize) {
        let range = span.range();
        (self.chars.chars_before(range.start), self.chars.chars_before(range.end))
    }

    /// The place of a span.
    pub fn of(&self, span: Span) -> Place {
        let after = self.anchors.partition_point(|(s, _)| s.start <= span.start);
        let locator = after.checked_sub(1).map_or(Locator::default(), |at| self.anchors[at].1);
        let (line, character) = self.line_character(span.start).unzip();
        Place { locator, line, character }
    }

    /// Line and character of a byte, for texts.
    pub fn line_character(&self, at: u32) -> Option<(usize, usize)> {
        self.lines.then(|| self.chars.line_column(at as usize))
    }
}

#[cfg(test)]
mod tests {
    use keqiao_document::{Limits, read};
    use keqiao_source::Span;

    use super::Places;

    #[test]
    fn place_of_text_has_line_and_character() {
        let text = "一、收入\n\n收入12.00万元。\n";
        let document = read("a.txt", text.as_bytes(), &Limits::default()).document.expect("text can be read");
        let at = text.find("12.00").expect("stands there");
        let places = Places::new(&document);
        let place = places.of(Span::new(at, at + 5));
        assert_eq!((place.locator.paragraph, place.line, place.character), (Some(2), Some(3), Some(3)));
        assert_eq!(places.characters(Span::new(at, at + 5)), (8, 13));
        assert_eq!(places.of(Span::new(900, 901)).locator.paragraph, Some(2));
    }
}

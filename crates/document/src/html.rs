//! HTML as browsers see it (html5ever). Government pages put their content in `div`s and `span`s; every element that
//! breaks the line ends a paragraph.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use crate::flow::{Assembler, GridCell, Piece};
use crate::{Document, Format, Limits, print};

pub(crate) fn read(name: &str, text: &str, limits: &Limits) -> Document {
    let html = Html::parse_document(text);
    let mut reader = Reader {
        assembler: Assembler::new(limits.nesting_max),
        words: String::new(),
        marker: String::new(),
        heading: None,
        skipped: 0,
        preformatted: 0,
        in_caption: false,
        lists: Vec::new(),
    };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(e) => reader.open(e),
                Node::Text(t) if reader.skipped == 0 => reader.say(t),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(e) = node.value() {
                    reader.close(e);
                }
            }
        }
    }
    reader.flush();
    print::print(name, Format::Html, reader.assembler.finish())
}

struct Reader {
    assembler: Assembler,
    words: String,
    /// The number of the open list item, until its first words.
    marker: String,
    heading: Option<u8>,
    /// Depth inside elements that are not shown.
    skipped: usize,
    preformatted: usize,
    in_caption: bool,
    /// Open lists: the next number of an ordered one.
    lists: Vec<Option<u32>>,
}

impl Reader {
    fn open(&mut self, e: &Element) {
        if self.skipped > 0 || is_unseen(e) {
            self.skipped += 1;
            return;
        }
        match e.name() {
            "br" => self.words.push('\n'),
            "pre" | "textarea" => {
                self.flush();
                self.preformatted += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = e.name()[1..].parse().ok();
            }
            "ol" => {
                self.flush();
                self.lists.push(Some(e.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1)));
            }
            "ul" | "menu" | "dir" => {
                self.flush();
                self.lists.push(None);
            }
            "li" => {
                self.flush();
                if let Some(Some(number)) = self.lists.last_mut() {
                    self.marker = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            "table" => {
                self.flush();
                self.assembler.open_table(true);
            }
            "caption" => {
                self.flush();
                self.in_caption = true;
            }
            "tr" => self.assembler.open_row(),
            "td" | "th" => {
                self.flush();
                let span = |name: &str, or: u32| e.attr(name).and_then(|s| s.trim().parse().ok()).unwrap_or(or);
                let column_span = span("colspan", 1).max(1);
                self.assembler.open_cell(GridCell { row_span: span("rowspan", 1), column_span, ..GridCell::default() });
            }
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn close(&mut self, e: &Element) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match e.name() {
            "pre" | "textarea" => {
                self.flush();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            "ol" | "ul" | "menu" | "dir" => {
                self.flush();
                self.lists.pop();
            }
            "td" | "th" => {
                self.flush();
                self.assembler.close_cell();
            }
            "caption" => {
                let words = tidy(&std::mem::take(&mut self.words));
                self.in_caption = false;
                match self.assembler.table() {
                    Some(grid) if !words.is_empty() => grid.caption = Some(words),
                    _ => {}
                }
            }
            "table" => {
                self.flush();
                self.assembler.close_table();
            }
            "li" => {
                self.flush();
                self.marker.clear();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = None;
            }
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.words.push_str(text);
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\r' | '\t' | '\u{c}' => {
                    if !self.words.ends_with([' ', '\n']) && !self.words.is_empty() {
                        self.words.push(' ');
                    }
                }
                '\u{200b}' | '\u{feff}' => {}
                c => self.words.push(c),
            }
        }
    }

    fn flush(&mut self) {
        if self.in_caption {
            return;
        }
        let words = tidy(&std::mem::take(&mut self.words));
        // A heading or list number waits for its words: <li><p>…
        if !words.is_empty() {
            let words = format!("{}{words}", std::mem::take(&mut self.marker));
            let heading = self.heading.take();
            self.assembler.push(Piece::Words { words, heading, page: None });
        }
    }
}

/// Words without the spaces that indent and line breaks of the source leave between Chinese characters.
fn tidy(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut chars = words.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let between = c == ' ' && (next == '\n' || (out.ends_with(is_wide) && is_wide(next)));
        if !between {
            out.push(c);
        }
    }
    out
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

fn is_unseen(e: &Element) -> bool {
    matches!(
        e.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "select"
            | "button"
            | "iframe"
            | "object"
            | "input"
            | "nav"
            | "del"
    ) || e.attr("hidden").is_some()
        || e.attr("style").is_some_and(|s| s.to_ascii_lowercase().replace(' ', "").contains("display:none"))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "main"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
    )
}

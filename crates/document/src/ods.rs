//! OpenDocument spreadsheets. Their cells carry the very words that are shown, so those are read, and the spans of
//! merged cells; calamine keeps neither.

use std::collections::HashSet;

use quick_xml::events::Event;

use crate::Problem;
use crate::container::Container;
use crate::excel::{Sheet, broken};
use crate::xml::{Steps, attribute, entity};

/// A cell repeated more often than this is filler.
const REPEATED_MAX: u32 = 1_000;

#[derive(Default)]
struct OdsReader {
    hidden_styles: HashSet<String>,
    style: Option<String>,
    sheets: Vec<Sheet>,
    hidden: Vec<String>,
    in_hidden: bool,
    row: u32,
    row_times: u32,
    column: u32,
    column_times: u32,
    /// Words of the open cell.
    words: Option<String>,
    in_paragraph: u32,
    spans: (u32, u32),
}

/// The sheets, and the names of hidden ones.
pub(crate) fn sheets(container: &mut Container<'_>) -> Result<(Vec<Sheet>, Vec<String>), Problem> {
    let xml = container.xml("content.xml")?.ok_or_else(broken)?;
    let mut reader = OdsReader::default();
    let mut steps = Steps::new(&xml);
    let deadline = container.deadline;
    while let Some(event) = steps.next() {
        match event {
            // Comments and tracked changes are not printed.
            Event::Start(e) if matches!(e.name().as_ref(), "office:annotation" | "table:tracked-changes") => {
                steps.skip(&e)
            }
            Event::Start(e) => reader.start(&e),
            Event::End(e) => {
                reader.end(e.name().as_ref())?;
                if e.name().as_ref() == "table:table-row" {
                    deadline.check()?;
                }
            }
            Event::Text(t) if reader.in_paragraph > 0 => reader.say(&t.xml10_content()),
            Event::GeneralRef(r) if reader.in_paragraph > 0 => {
                if let Some(c) = entity(&r) {
                    reader.say(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
    }
    if reader.sheets.is_empty() && steps.broken { Err(broken()) } else { Ok((reader.sheets, reader.hidden)) }
}

impl OdsReader {
    fn start(&mut self, e: &quick_xml::events::BytesStart<'_>) {
        let number = |name: &str| attribute(e, name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(1).max(1);
        match e.name().as_ref() {
            "style:style" => self.style = attribute(e, "style:name"),
            "style:table-properties" if attribute(e, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.take())
            }
            "table:table" => {
                self.in_hidden = attribute(e, "table:style-name").is_some_and(|s| self.hidden_styles.contains(&s));
                if self.in_hidden {
                    self.hidden.extend(attribute(e, "table:name"));
                } else {
                    self.sheets.push(Sheet::default());
                }
                self.row = 0;
            }
            "table:table-row" => (self.row_times, self.column) = (number("table:number-rows-repeated"), 0),
            "table:table-cell" | "table:covered-table-cell" => {
                self.column_times = number("table:number-columns-repeated");
                self.spans = (number("table:number-rows-spanned"), number("table:number-columns-spanned"));
                self.words = Some(String::new());
            }
            "text:p" => {
                if let Some(words) = self.words.as_mut().filter(|w| !w.is_empty()) {
                    words.push('\n');
                }
                self.in_paragraph += 1;
            }
            "text:s" => self.say(" "),
            "text:line-break" => self.say("\n"),
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if let Some(cell) = &mut self.words {
            cell.push_str(words);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            "text:p" => self.in_paragraph = self.in_paragraph.saturating_sub(1),
            "table:table-cell" => self.end_cell()?,
            "table:covered-table-cell" => {
                self.words = None;
                self.column = self.column.saturating_add(self.column_times);
            }
            "table:table-row" => self.row = self.row.saturating_add(self.row_times),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Problem> {
        let words = self.words.take().unwrap_or_default().trim().to_owned();
        if let Some(sheet) = self.sheets.last_mut().filter(|_| !self.in_hidden) {
            if !words.is_empty() {
                for row in 0..self.row_times.min(REPEATED_MAX) {
                    for column in 0..self.column_times.min(REPEATED_MAX) {
                        sheet.put((self.row.saturating_add(row), self.column.saturating_add(column)), words.clone())?;
                    }
                }
            }
            if self.spans != (1, 1) {
                let last = (self.row.saturating_add(self.spans.0 - 1), self.column.saturating_add(self.spans.1 - 1));
                sheet.merged.push((self.row, self.column, last.0, last.1));
            }
        }
        self.column = self.column.saturating_add(self.column_times);
        Ok(())
    }
}
